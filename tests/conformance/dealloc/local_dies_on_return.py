class K:
    def __del__(self):
        print('dead')
def f():
    my_list = [K()]
    print('inside')
    return 'returned'
print(f())
print('outside')
