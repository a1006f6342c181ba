def appends(n):
    t = 0
    for i in range(n):
        a = []
        for j in range(20):
            a.append(i + j)
        b = [a, a, i]
        t = (t + len(b[0]) + b[1][7]) & 1048575
    return t


print(appends(40000))
