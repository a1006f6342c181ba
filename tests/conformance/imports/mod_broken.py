print('starting')
raise ValueError('broken module')
