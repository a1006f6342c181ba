for x in 1.0, 0.1, 1e16, 1e15, 123456789012345680.0, 1e-4, 1e-5, 0.1 + 0.2, 1 / 3, 1e100, 5e-324, 1.7976931348623157e308, -0.0, 2.5e-7, 100.0, 1e22:
    print(x, end=' ')
print()
print(float('inf'), float('-inf'), float('nan'), float('1e5'), float(' 2.5 '), float('1_0.5'), float(5), float())
print(1e400, -1e400, 1e308 * 10, str(1.5), repr(2.0))
