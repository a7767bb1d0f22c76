package dbkeel.lib.addresses_test

import data.dbkeel.lib.addresses

test_a_prefix_of_zero_is_everywhere if {
	every cidr in ["0.0.0.0/0", "::/0", "0:0::/0"] { addresses.is_everywhere(cidr) }
}

test_a_prefix_of_one_is_not_everywhere if {
	every cidr in ["0.0.0.0/1", "8000::/1"] { not addresses.is_everywhere(cidr) }
}

test_tells_the_families_apart if {
	addresses.is_ipv6("fd00::/8")
	not addresses.is_ipv6("10.0.0.0/8")
}

test_private_ranges_and_their_parts_are_private if {
	every cidr in ["10.0.0.0/8", "172.31.255.0/24", "192.168.1.7/32", "100.127.0.0/16", "fd12:3456::/32"] {
		addresses.is_private(cidr)
	}
}

test_the_neighbours_of_private_ranges_are_public if {
	every cidr in ["11.0.0.0/8", "172.32.0.0/16", "100.128.0.0/16", "2001:db8::/32", "10.0.0.0/7", "::/0"] {
		not addresses.is_private(cidr)
	}
}

test_is_within_a_listed_range if {
	addresses.is_within("203.0.113.8/29", ["198.51.100.0/24", "203.0.113.0/24"])
	not addresses.is_within("203.0.114.0/24", ["198.51.100.0/24", "203.0.113.0/24"])
	not addresses.is_within("203.0.113.0/24", [])
}
