# Ints at their edges: division and shifts of negatives, bases, bit methods, conversion errors.
for a in (-7, 7, 0):
    for b in (-2, 2, 3):
        print(a, b, a // b, a % b, divmod(a, b), a >> 1, a << 2, a & b, a | b, a ^ b, ~a)
print((-8) ** 3, 2 ** -1, (-2) ** 0.5 == 1j * 2 ** 0.5, 0 ** 0, pow(3, -1, 7), pow(2, 100, 13), pow(-3, 3, 5))
print((255).bit_length(), (-256).bit_length(), (0).bit_length(), (255).bit_count(), (10**20).bit_length())
print((1024).to_bytes(2), (-2).to_bytes(2, 'little', signed=True), int.from_bytes(b'\xff\xfe', signed=True))
print(int('0b101', 0), int('-0x_ff', 16), int('zz', 36), int(' 12\n'), int('1_000'), int('٣'))
print(hex(-255), bin(10), oct(8), f'{255:#x} {255:08b} {-5:+} {1234567:,} {1234567:_}')
print(round(12345, -2), round(15, -1), round(25, -1), (7).as_integer_ratio(), (5).is_integer())
for bad in ("int('')", "int('1__0')", "int('9', 8)", "int('0x1')", "int(None)", "int('1.5')", "1 << -1", "5 // 0", "5 % 0",
            "int(float('nan'))", "int(float('inf'))", "(300).to_bytes(1)", "(-1).to_bytes(1)", "pow(2, -1, 4)", "int('1', 1)"):
    try:
        print(eval(bad))
    except Exception as error:
        print(bad, type(error).__name__, error)
print(10**25 // 10**10, -10**25 % 7, 10**25 > 1e25, 10**25 == 1e25, hash(10**25) == hash(10**25 + 0))
print(True + True, True * 3, -True, ~5, bool(10**30))
