class K:
    def __del__(self):
        global saved
        saved = self
        print('del')
k = K()
del k
print(type(saved).__name__)
del saved
print('gone without a second del', 'saved' in globals())
