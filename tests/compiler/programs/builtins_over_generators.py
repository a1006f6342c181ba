def anyall(x):
    return any(i for i in x), all(a in b for b in x if b), tuple(i for i in x), list(i for i in x), any(x)
