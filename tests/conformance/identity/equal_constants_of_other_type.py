one, real, true = 1, 1.0, True
print(one is real, one is true, one == real == true)
zero, minus = 0.0, -0.0
print(zero is minus, zero == minus)
print([0.0, -0.0], (1, 1.0), (1.0, 1))
