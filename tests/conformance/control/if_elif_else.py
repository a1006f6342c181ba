def size(n):
    if n < 0:
        return 'negative'
    elif n == 0:
        return 'zero'
    elif n < 10:
        return 'small'
    else:
        return 'big'
print([size(n) for n in (-1, 0, 5, 50)])
print('yes' if [] else 'no', 'yes' if [0] else 'no')
