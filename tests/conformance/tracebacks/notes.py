error = ValueError('main')
error.add_note('note one')
error.add_note('note two\nwith two lines')
raise error
