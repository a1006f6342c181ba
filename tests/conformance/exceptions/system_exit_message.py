import sys
class K:
    def __del__(self):
        print('dead at exit')
k = K()
sys.exit('a message')
