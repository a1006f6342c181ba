class Problem(Exception):
    def __str__(self):
        return 'described by __str__'

raise Problem('ignored')
