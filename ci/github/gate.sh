#!/usr/bin/env bash
# Ends the job as the scan ended, and says what that means.
set -euo pipefail

case ${DBKEEL_STATUS:-} in
0) ;;
1) echo '::error title=dbkeel::the gate failed; the summary of this job lists what to change' ;;
2) echo '::error title=dbkeel::dbkeel could not run; the log of the step “Judge” says why' ;;
3) echo '::error title=dbkeel::not proven: nothing was judged, or not all of it could be; the summary of this job says what is missing' ;;
*) echo '::error title=dbkeel::the scan ended without a status'; exit 2 ;;
esac
exit "$DBKEEL_STATUS"
