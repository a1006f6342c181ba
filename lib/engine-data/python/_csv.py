"""Reading and writing comma separated values, for the module `csv`: what CPython has in Modules/_csv.c."""

import sys

__all__ = ()
__version__ = '1.0'

QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE, QUOTE_STRINGS, QUOTE_NOTNULL = range(6)


class Error(Exception):
    __module__ = '_csv'


_dialects = {}
_limit = 131072


def field_size_limit(limit=None):
    global _limit
    old = _limit
    if limit is not None:
        if not isinstance(limit, int):
            raise TypeError('limit must be an integer')
        _limit = limit
    return old


class Dialect:
    """The rules of one kind of file, checked."""

    __slots__ = ('delimiter', 'quotechar', 'escapechar', 'doublequote', 'skipinitialspace', 'lineterminator',
                 'quoting', 'strict')

    def __new__(cls, dialect=None, **options):
        if isinstance(dialect, str):
            dialect = get_dialect(dialect)
        unknown = set(options) - set(Dialect.__slots__)
        if unknown:
            raise TypeError(f"this function got an unexpected keyword argument '{unknown.pop()}'")
        self = object.__new__(cls)

        def pick(name, default):
            return options[name] if name in options else getattr(dialect, name, default)

        def character(name, default, optional):
            value = pick(name, default)
            if value is None and optional:
                return None
            old = sys.version_info < (3, 14)
            kind = ('string' if old else 'a unicode character') + (' or None' if optional else '')
            if not isinstance(value, str):
                raise TypeError(f'"{name}" must be {kind}, not {type(value).__name__}')
            if len(value) != 1:
                if old:
                    raise TypeError(f'"{name}" must be a 1-character string')
                raise TypeError(f'"{name}" must be {kind}, not a string of length {len(value)}')
            return value

        set_ = object.__setattr__
        set_(self, 'delimiter', character('delimiter', ',', False))
        quotechar = character('quotechar', '"', True)
        set_(self, 'quotechar', quotechar)
        set_(self, 'escapechar', character('escapechar', None, True))
        for name, default in ('doublequote', True), ('skipinitialspace', False), ('strict', False):
            set_(self, name, bool(pick(name, default)))
        terminator = pick('lineterminator', '\r\n')
        if not isinstance(terminator, str):
            raise TypeError(f'"lineterminator" must be a string, not {type(terminator).__name__}')
        set_(self, 'lineterminator', terminator)
        quoting = pick('quoting', QUOTE_MINIMAL)
        if type(quoting) is not int:
            raise TypeError('"quoting" must be an integer, not ' + type(quoting).__name__)
        if not 0 <= quoting <= QUOTE_NOTNULL:
            raise TypeError('bad "quoting" value')
        if quotechar is None and 'quotechar' in options and 'quoting' not in options:
            quoting = QUOTE_NONE
        set_(self, 'quoting', quoting)
        if quoting != QUOTE_NONE and quotechar is None:
            raise TypeError('quotechar must be set if quoting enabled')
        for name in 'delimiter', 'quotechar', 'escapechar':
            if getattr(self, name) in ('\n', '\r'):
                raise ValueError(f'bad {name} value')
        return self

    def __init__(self, dialect=None, **options):
        pass

    def __setattr__(self, name, value):
        raise AttributeError(f"attribute '{name}' of '_csv.Dialect' objects is not writable")

    def __reduce_ex__(self, protocol):
        raise TypeError(f"cannot pickle '{type(self).__name__}' object")


def _dialect(dialect, options):
    if isinstance(dialect, str):
        dialect = get_dialect(dialect)
    if isinstance(dialect, Dialect) and not options:
        return dialect
    return Dialect(dialect, **options)


def register_dialect(name, dialect=None, **options):
    if not isinstance(name, str):
        raise TypeError('dialect name must be a string')
    _dialects[name] = _dialect(dialect, options)


def unregister_dialect(name):
    if name not in _dialects:
        raise Error('unknown dialect')
    del _dialects[name]


def get_dialect(name):
    if name not in _dialects:
        raise Error('unknown dialect')
    return _dialects[name]


def list_dialects():
    return list(_dialects)


class _Reader:
    def __init__(self, lines, dialect, options):
        self._lines = iter(lines)
        self.dialect = _dialect(dialect, options)
        self.line_num = 0

    def __iter__(self):
        return self

    def _end(self, fields, field, quoted, bare):
        d = self.dialect
        text = ''.join(field)
        if not quoted and d.quoting == QUOTE_NONNUMERIC and text:
            fields.append(float(text))
        elif not quoted and not text and d.quoting in (QUOTE_STRINGS, QUOTE_NOTNULL):
            fields.append(None)
        elif not quoted and d.quoting == QUOTE_STRINGS:
            fields.append(float(text))
        else:
            fields.append(text)

    def __next__(self):
        d = self.dialect
        quote = None if d.quoting == QUOTE_NONE else d.quotechar
        fields, field, quoted, state = [], [], False, 'start record'
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if state in ('in quotes', 'escape in quotes') or field:
                    if d.strict:
                        raise Error('unexpected end of data') from None
                    self._end(fields, field, quoted, False)
                    return fields
                raise
            if not isinstance(line, str):
                raise Error(f'iterator should return strings, not {type(line).__name__} '
                            '(the file should be opened in text mode)')
            self.line_num += 1
            ended = False
            for c in line:
                if ended:
                    if c not in '\n\r':
                        raise Error('new-line character seen in unquoted field - '
                                    'do you need to open the file with newline=\'\'?')
                    continue
                if len(field) > _limit:
                    raise Error(f'field larger than field limit ({_limit})')
                if state == 'start record':
                    if c in '\n\r':
                        ended = True
                        continue
                    state = 'start field'
                if state == 'start field':
                    if c in '\n\r':
                        self._end(fields, field, quoted, True)
                        field, quoted, ended = [], False, True
                    elif c == quote:
                        quoted, state = True, 'in quotes'
                    elif c == d.escapechar:
                        state = 'escape'
                    elif c == ' ' and d.skipinitialspace:
                        pass
                    elif c == d.delimiter:
                        self._end(fields, field, quoted, True)
                        field, quoted = [], False
                    else:
                        field.append(c)
                        state = 'in field'
                elif state == 'in field':
                    if c in '\n\r':
                        self._end(fields, field, quoted, True)
                        field, quoted, ended = [], False, True
                    elif c == d.escapechar:
                        state = 'escape'
                    elif c == d.delimiter:
                        self._end(fields, field, quoted, True)
                        field, quoted, state = [], False, 'start field'
                    else:
                        field.append(c)
                elif state == 'escape':
                    field.append(c)
                    state = 'in field'
                elif state == 'in quotes':
                    if c == d.escapechar:
                        state = 'escape in quotes'
                    elif c == quote:
                        state = 'quote in quotes' if d.doublequote else 'in field'
                    else:
                        field.append(c)
                elif state == 'escape in quotes':
                    field.append(c)
                    state = 'in quotes'
                elif c == quote:
                    field.append(c)
                    state = 'in quotes'
                elif c == d.delimiter:
                    self._end(fields, field, quoted, False)
                    field, quoted, state = [], False, 'start field'
                elif c in '\n\r':
                    self._end(fields, field, quoted, False)
                    field, quoted, ended = [], False, True
                elif d.strict:
                    raise Error(f"'{d.delimiter}' expected after '{d.quotechar}'")
                else:
                    field.append(c)
                    state = 'in field'
            if ended or state == 'start record':
                return fields
            if state in ('in quotes', 'escape in quotes', 'escape'):
                if state == 'escape':
                    field.append('\n')
                    state = 'in field'
                continue
            self._end(fields, field, quoted, False)
            return fields


class _Writer:
    def __init__(self, file, dialect, options):
        self._write = file.write
        self.dialect = _dialect(dialect, options)

    def _field(self, value, alone):
        d = self.dialect
        isnumber = isinstance(value, (int, float, complex))
        text = '' if value is None else value if isinstance(value, str) else str(value)
        quote = d.quoting == QUOTE_ALL or (
            d.quoting == QUOTE_NONNUMERIC and not isnumber
            or d.quoting == QUOTE_STRINGS and isinstance(value, str)
            or d.quoting == QUOTE_NOTNULL and value is not None)
        out = []
        for c in text:
            special = c in (d.delimiter, d.escapechar, d.quotechar) or c in '\r\n' or c in d.lineterminator
            if special:
                escape = d.quoting == QUOTE_NONE
                if not escape:
                    if c == d.quotechar:
                        if d.doublequote:
                            out.append(c)
                        else:
                            escape = True
                    elif c == d.escapechar:
                        escape = True
                    if not escape or c == d.quotechar and d.doublequote:
                        quote = True
                if escape:
                    if d.escapechar is None:
                        raise Error('need to escape, but no escapechar set')
                    out.append(d.escapechar)
            out.append(c)
        if not text and alone:
            if d.quoting == QUOTE_NONE or value is None and d.quoting in (QUOTE_STRINGS, QUOTE_NOTNULL):
                raise Error('single empty field record must be quoted')
            quote = True
        if text.startswith(' ') and d.skipinitialspace and not quote:
            if d.quoting == QUOTE_NONE:
                raise Error('need to escape, but no escapechar set')
            quote = True
        return d.quotechar + ''.join(out) + d.quotechar if quote else ''.join(out)

    def writerow(self, row):
        try:
            values = list(row)
        except TypeError:
            raise Error(f'iterable expected, not {type(row).__name__}') from None
        alone = len(values) == 1
        line = self.dialect.delimiter.join([self._field(value, alone) for value in values])
        return self._write(line + self.dialect.lineterminator)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)


def reader(iterable, dialect='excel', **options):
    return _Reader(iterable, dialect if dialect != 'excel' or 'excel' in _dialects else None, options)


def writer(file, dialect='excel', **options):
    if not callable(getattr(file, 'write', None)):
        raise TypeError('argument 1 must have a "write" method')
    return _Writer(file, dialect if dialect != 'excel' or 'excel' in _dialects else None, options)


Reader, Writer = _Reader, _Writer
for _class, _name in (_Reader, 'reader'), (_Writer, 'writer'):
    _class.__name__ = _class.__qualname__ = _name
    _class.__module__ = '_csv'
del _class, _name
