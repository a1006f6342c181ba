class K:
    def __init__(self):
        self.x = 1
        raise ValueError('no')
    def __del__(self):
        print('del', self.x)
try:
    K()
except ValueError as error:
    print('caught', error)
print('end')
