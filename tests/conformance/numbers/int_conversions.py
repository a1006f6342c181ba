print(int('42'), int(' -7 '), int('ff', 16), int('0x1f', 16), int('0b11', 0), int('1_000'), int(3.9), int(-3.9), int(True), int())
print(hex(255), oct(8), bin(5), hex(-1), str(10), repr(-3), 0xff, 0o17, 0b101, 1_000_000)
print(round(15, -1), round(25, -1), round(1234, -2), (5).bit_length(), (255).bit_count(), (10).conjugate())
for bad in '', 'x', '1.5', '0x', '12 3':
    try:
        int(bad)
    except ValueError as e:
        print(e)
