class K:
    def __del__(self):
        self.missing

k = K()
k = None
print('goes on')
