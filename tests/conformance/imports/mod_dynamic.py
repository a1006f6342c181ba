def __getattr__(name):
    if name == 'made':
        return 5
    raise AttributeError(name)
