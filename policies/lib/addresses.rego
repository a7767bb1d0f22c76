# Address ranges in CIDR notation.
package dbkeel.lib.addresses

# Never on the internet: RFC 1918, shared address space (RFC 6598), link-local (RFC 3927, RFC 4291) and unique local
# addresses (RFC 4193).
private_ranges := {
	"10.0.0.0/8",
	"100.64.0.0/10",
	"169.254.0.0/16",
	"172.16.0.0/12",
	"192.168.0.0/16",
	"fc00::/7",
	"fe80::/10",
}

prefix_length(cidr) := to_number(split(cidr, "/")[1])

# Every address of its family, however it is spelt: `0.0.0.0/0`, `::/0`, `0:0::/0`.
is_everywhere(cidr) if prefix_length(cidr) == 0

is_ipv6(cidr) if contains(cidr, ":")

is_within(cidr, ranges) if {
	some range in ranges
	net.cidr_contains(range, cidr)
}

is_private(cidr) if is_within(cidr, private_ranges)
