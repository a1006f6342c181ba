class ConfigError(Exception):
    pass

def load():
    try:
        return {}['setting']
    except KeyError as error:
        raise ConfigError('no setting') from error

load()
