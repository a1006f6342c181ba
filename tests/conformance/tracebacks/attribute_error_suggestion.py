class Thing:
    size = 1

Thing().sizes
