"""What a role may see and do, by rank."""

from cases.people.choices import Role

# An observer sees disclosure-safe figures only, never a row.
SEES_ROWS = (Role.VOLUNTEER, Role.COORDINATOR, Role.BOARD)
COORDINATES = (Role.COORDINATOR, Role.BOARD)

# Whom a role may invite: never above itself.
MAY_INVITE = {
    Role.COORDINATOR: (Role.VOLUNTEER, Role.COORDINATOR),
    Role.BOARD: (Role.VOLUNTEER, Role.COORDINATOR, Role.BOARD, Role.OBSERVER),
}
