class AppError(Exception):
    def __init__(self, code, text):
        super().__init__(code, text)
        self.code = code
    def __str__(self):
        return f'[{self.code}] {self.args[1]}'
class NotFound(AppError):
    pass
try:
    raise NotFound(404, 'nothing here')
except AppError as error:
    print(error, repr(error), error.code, error.args, isinstance(error, NotFound))
