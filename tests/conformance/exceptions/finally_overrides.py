def a():
    try:
        return 'try'
    finally:
        print('finally')
def b():
    for i in range(3):
        try:
            continue
        finally:
            print('finally', i)
    return 'done'
def c():
    while True:
        try:
            break
        finally:
            print('leaving')
    return 'left'
print(a(), b(), c())
