for e in ValueError(), ValueError('a'), ValueError('a', 2), KeyError('k'), KeyError('k', 'l'), KeyError(), IndexError(5), StopIteration(3), OSError('no'), SystemExit(1):
    print(str(e), repr(e), e.args)
print(StopIteration(3).value, FileNotFoundError(2, 'no').errno)
