"""Users and what they may see: roles by area."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cases.areas.models import Area
from cases.kernel.scope import ScopedQuerySet, covers, within
from cases.kernel.sealed_files import SealedFileField
from cases.kernel.writes import GuardedModel, GuardedQuerySet
from cases.people.choices import LinkState, Role
from cases.people.rules import COORDINATES, SEES_ROWS


class Organisation(GuardedModel):
    """JRMK, SPRI: separate organisations that share the posko."""

    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=20, unique=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    # The rest stands on letters only.
    email = models.EmailField(_("e-mail"), blank=True)
    motto = models.CharField(_("line below the name"), max_length=120, blank=True)
    city = models.CharField(_("city"), max_length=60, default="Jakarta")
    letter_code = models.CharField(_("code in letter numbers"), max_length=20, blank=True)
    signatory = models.CharField(_("who signs"), max_length=120, blank=True)
    signatory_office = models.CharField(_("office of who signs"), max_length=120, blank=True)
    logo = SealedFileField(_("logo"), upload_to="logos", blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["short_name"]

    def __str__(self) -> str:
        return self.short_name

    @property
    def code(self) -> str:
        """What stands for it in a letter's number."""
        return self.letter_code or self.short_name


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        """An active account; outside actions for tests and commands only."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(username, password, is_superuser=True, **fields)


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User") -> "UserQuerySet":
        """People who work in the areas this user coordinates, and the user; the board also finds who has no role left."""
        members = Membership.objects.current().filter(within(user.coordinated_areas))
        seen = models.Q(pk=user.pk) | models.Q(pk__in=members.values("user_id"))
        if user.is_board:
            working = Membership.objects.current().filter(user=models.OuterRef("pk"))
            seen |= models.Q(~models.Exists(working))
        return self.filter(seen)


class User(AbstractBaseUser, PermissionsMixin):
    """Someone who works with the posko. Signs in by user name or telephone number; e-mail is rare here."""

    username = models.CharField(
        _("user name"), max_length=150, unique=True, validators=[UnicodeUsernameValidator()]
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=20, unique=True, null=True, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="users",
        verbose_name=_("organisation"),
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects = UserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self).split(" ", 1)[0]

    @cached_property
    def current_memberships(self) -> list["Membership"]:
        if not self.is_active:
            return []
        return list(self.memberships.current().select_related("area"))

    def areas_as(self, roles: Iterable[str]) -> list[str]:
        """Codes of the areas in which this person holds one of the roles."""
        wanted = set(roles)
        return [member.area_id for member in self.current_memberships if member.role in wanted]

    @property
    def row_areas(self) -> list[str]:
        """Where rows (households, cases) may be seen."""
        return self.areas_as(SEES_ROWS)

    @property
    def coordinated_areas(self) -> list[str]:
        return self.areas_as(COORDINATES)

    def sees(self, code: str) -> bool:
        return covers(self.row_areas, code)

    def coordinates(self, code: str) -> bool:
        return covers(self.coordinated_areas, code)

    def has_role(self, *roles: str) -> bool:
        return any(member.role in roles for member in self.current_memberships)

    @property
    def is_board(self) -> bool:
        return self.has_role(Role.BOARD)

    @property
    def is_staff(self) -> bool:
        """Django's admin asks for this: reference data is the board's, and the rank is kept in one place only."""
        return self.is_board

    @property
    def is_coordinator(self) -> bool:
        return self.has_role(*COORDINATES)


class MembershipQuerySet(ScopedQuerySet):
    def current(self) -> "MembershipQuerySet":
        return self.filter(ended_at=None)

    def visible_to(self, user: User) -> "MembershipQuerySet":
        return self.filter(within(user.coordinated_areas) | models.Q(user=user))


class Membership(GuardedModel):
    """A person's role in an area; ended, never deleted, so that history keeps its reasons."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name=_("user"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="memberships", verbose_name=_("area"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    since = models.DateTimeField(_("since"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["area_id", "role", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "area", "role"], condition=models.Q(ended_at=None), name="membership_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.area_id}"


class InvitationQuerySet(ScopedQuerySet):
    def visible_to(self, user: User) -> "InvitationQuerySet":
        return self.filter(within(user.coordinated_areas))


class OneTimeLink(GuardedModel):
    """A link that works once and not for long; only the digest of its token is kept."""

    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta:
        abstract = True

    @property
    def used_at(self) -> datetime | None:
        raise NotImplementedError

    @property
    def state(self) -> LinkState:
        if self.used_at is not None:
            return LinkState.USED
        if self.revoked_at is not None:
            return LinkState.REVOKED
        return LinkState.EXPIRED if self.expires_at <= timezone.now() else LinkState.OPEN

    @property
    def is_open(self) -> bool:
        return self.state == LinkState.OPEN


class Invitation(OneTimeLink):
    """Whoever holds the link makes an account, or takes the role with an account that exists."""

    name = models.CharField(_("for whom"), max_length=120)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    area = models.ForeignKey(Area, models.PROTECT, related_name="invitations", verbose_name=_("area"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, verbose_name=_("organisation")
    )
    # Nobody invited the first of the board: the start of an empty posko did.
    invited_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="invitations", verbose_name=_("invited by")
    )
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="accepted_invitations")
    accepted_at = models.DateTimeField(_("accepted"), null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.role} {self.area_id}"

    @property
    def used_at(self) -> datetime | None:
        return self.accepted_at


class PasswordLink(OneTimeLink):
    """Instead of an e-mail: a coordinator hands over a link with which the person sets a new password."""

    user = models.ForeignKey(User, models.PROTECT, related_name="password_links", verbose_name=_("for whom"))
    made_by = models.ForeignKey(
        User, models.PROTECT, related_name="made_password_links", verbose_name=_("made by")
    )
    password_set_at = models.DateTimeField(_("password set"), null=True)

    class Meta:
        verbose_name = _("password link")
        verbose_name_plural = _("password links")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.user_id}"

    @property
    def used_at(self) -> datetime | None:
        return self.password_set_at


QUERY_LENGTH = 500


class SavedFilterQuerySet(GuardedQuerySet):
    def visible_to(self, user: User) -> "SavedFilterQuerySet":
        """One's own only."""
        return self.filter(user_id=user.pk)


class SavedFilter(GuardedModel):
    """A list's filter that a person keeps under a name; `query` holds what people.lists lets through, in its order."""

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_filters", verbose_name=_("user"))
    place = models.CharField(_("list"), max_length=20)
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(_("filter"), max_length=QUERY_LENGTH)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["place", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "place", "name"], name="saved_filter_once"),
            models.CheckConstraint(condition=~models.Q(query=""), name="saved_filter_filters"),
        ]

    def __str__(self) -> str:
        return self.name


class ApiToken(GuardedModel):
    """A person's key to /api/v1/: shown once, kept as a digest."""

    user = models.OneToOneField(User, models.PROTECT, related_name="api_token", verbose_name=_("user"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")

    def __str__(self) -> str:
        return f"{self.user_id}"
