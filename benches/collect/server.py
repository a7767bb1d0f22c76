#!/usr/bin/env python3
"""A moto server on a free port of loopback with as many databases as its argument says; it ends when its standard input does."""

import json
import os
import sys

# Every database that is made has an automated snapshot in moto.
os.environ["MOTO_RDS_SNAPSHOT_LIMIT"] = "1000000"

import boto3  # noqa: E402
from moto.server import ThreadedMotoServer  # noqa: E402

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
_, port = server.get_host_and_port()
url = f"http://127.0.0.1:{port}"
rds = boto3.client("rds", region_name="eu-west-1", endpoint_url=url, aws_access_key_id="AKIAIOSFODNN7EXAMPLE",
                   aws_secret_access_key="x" * 40)
for number in range(int(sys.argv[1])):
    rds.create_db_instance(
        DBInstanceIdentifier=f"db-{number:06d}", DBInstanceClass="db.t3.medium", Engine="postgres", EngineVersion="16.3",
        AllocatedStorage=20, MasterUsername="root", ManageMasterUserPassword=False, MasterUserPassword="not-a-secret-1",
        StorageEncrypted=True, BackupRetentionPeriod=7, Tags=[{"Key": "env", "Value": "prod"}])
print(json.dumps({"port": port}), flush=True)
sys.stdin.read()
os._exit(0)
