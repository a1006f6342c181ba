shared = ['shared']
