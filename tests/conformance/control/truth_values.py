class Empty:
    def __len__(self):
        return 0
class Never:
    def __bool__(self):
        return False
values = [0, 1, -1, 0.0, 0.5, '', ' ', [], [0], (), (0,), {}, {0: 0}, set(), {0}, None, True, False, range(0), range(1), Empty(), Never(), object]
print([1 if v else 0 for v in values])
