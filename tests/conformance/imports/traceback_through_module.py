import mod_raises
mod_raises.fail()
