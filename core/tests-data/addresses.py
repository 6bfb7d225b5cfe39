"""Writes addresses.txt: the answers of Python's ipaddress module for 100,000 addresses, as an oracle that shares
nothing with http/address.rs. Addresses come from a small generator that the Rust test repeats, half of them at the
edges of networks, so that only the answers (one bit each) need to be kept.

    python3 addresses.py > addresses.txt
"""

import ipaddress

COUNT = 100_000
MASK = (1 << 64) - 1

# Edges worth looking at: every network that ipaddress itself knows, and those the product refuses besides.
V4 = sorted({str(n.network_address) for n in ipaddress._IPv4Constants._private_networks}
            | {"100.64.0.0", "100.128.0.0", "192.88.99.0", "192.88.100.0", "224.0.0.0", "240.0.0.0", "0.0.0.0",
               "1.0.0.0", "11.0.0.0", "128.0.0.0", "169.255.0.0", "172.32.0.0", "192.169.0.0", "198.20.0.0",
               "192.0.1.0", "192.0.3.0", "198.51.101.0", "203.0.114.0", "255.255.255.255", "8.8.8.8"})
V6 = sorted({str(n.network_address) for n in ipaddress._IPv6Constants._private_networks}
            | {"::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::ffff:0:0", "::fffe:ffff:ffff",
               "64:ff9b::", "64:ff9b:1::", "100::", "2000::", "2001::", "2001:200::", "2001:db8::", "2001:db9::",
               "2002::", "2003::", "2620:4f:8000::", "3ffe::", "3fff::", "3fff:1000::", "4000::", "5f00::", "fc00::",
               "fe80::", "fec0::", "ff00::"})


def is_public(ip):
    """Globally reachable by the registry, without what only relays to other addresses."""
    if ip.version == 6 and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if ip.version == 4:
        refused = ["192.0.0.0/24", "192.88.99.0/24"]
    else:
        refused = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]
        if ip not in ipaddress.ip_network("2000::/3"):
            return False
    if any(ip in ipaddress.ip_network(net) for net in refused):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def splitmix(state):
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        yield z ^ (z >> 31)


def addresses():
    rng = splitmix(1)
    for i in range(COUNT):
        a, b = next(rng), next(rng)
        if i % 4 == 0:
            yield ipaddress.IPv4Address(a & 0xFFFFFFFF)
        elif i % 4 == 1:
            edge = int(ipaddress.IPv4Address(V4[a % len(V4)]))
            yield ipaddress.IPv4Address((edge + b % 513 - 256) & 0xFFFFFFFF)
        elif i % 4 == 2:
            # Half of them inside 2000::/3, where the exceptions are.
            high = a if i % 8 == 2 else (a >> 3) | (1 << 61)
            yield ipaddress.IPv6Address(high << 64 | b)
        else:
            edge = int(ipaddress.IPv6Address(V6[a % len(V6)]))
            step = 1 if i % 8 == 3 else 1 << 96
            yield ipaddress.IPv6Address((edge + (b % 513 - 256) * step) & ((1 << 128) - 1))


bits = [is_public(ip) for ip in addresses()]
digits = "".join(format(sum(bit << k for k, bit in enumerate(bits[i:i + 4])), "x") for i in range(0, COUNT, 4))
print(" ".join(V4))
print(" ".join(V6))
for i in range(0, len(digits), 120):
    print(digits[i:i + 120])
