"""Forms about people: signing in, inviting, joining, one's own account."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from cases.areas.choices import Level
from cases.areas.forms import AreaField
from cases.kernel import phones, uploads
from cases.people import permissions
from cases.people.choices import Role
from cases.people.models import Organisation, User
from cases.people.rules import LETTER_CODE, USERNAME

PASSWORD_HELP = _(
    "At least 10 characters: three or four words in a row are easy to remember and hard to guess."
)
PHONE_WIDGET = {"inputmode": "tel", "autocomplete": "tel", "maxlength": 20}
# A phone must not capitalise or "mend" what one signs in with.
PLAIN = {"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}


def _plain_password(label: Any, autocomplete: str, help_text: Any = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, widget=widget, strip=False, help_text=help_text)


# --- signing in (named in settings: ACCOUNT_FORMS, MFA_FORMS) -----------------------------------------------------------


class LoginForm(account_forms.LoginForm):
    """One field for user name or telephone number."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("User name or telephone number"),
            max_length=150,
            widget=forms.TextInput(attrs={"autocomplete": "username", **PLAIN}),
        )
        self.fields["password"] = _plain_password(_("Password"), "current-password")
        self.fields["remember"] = forms.BooleanField(
            label=_("Stay signed in on this phone for two weeks"), required=False
        )
        self.order_fields(["login", "password", "remember"])


class ReauthenticateForm(account_forms.ReauthenticateForm):
    password = _plain_password(_("Your password"), "current-password")


class ChangePasswordForm(account_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = _plain_password(_("Present password"), "current-password")
        new = self.fields["password1"]
        new.label, new.help_text = _("New password"), PASSWORD_HELP
        new.widget.attrs.pop("placeholder", None)
        self.fields["password2"] = _plain_password(_("The new password once more"), "new-password")

    def clean(self) -> dict[str, Any]:
        # allauth compares the two and speaks English where they differ.
        cleaned = forms.Form.clean(self) or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("This is not the same as above."))
        return cleaned


class CodeMixin:
    """Six digits of the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(  # type: ignore[attr-defined]
            label=self.code_label,  # type: ignore[attr-defined]
            max_length=20,
            widget=forms.TextInput(
                attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, **PLAIN}
            ),
        )


class AuthenticateForm(CodeMixin, mfa_forms.AuthenticateForm):
    code_label = _("Code from your app, or a recovery code")


class MFAReauthenticateForm(CodeMixin, mfa_forms.ReauthenticateForm):
    code_label = _("Code from your app, or a recovery code")


class ActivateTOTPForm(CodeMixin, totp_forms.ActivateTOTPForm):
    code_label = _("Six digits that the app shows")


# --- joining ---------------------------------------------------------------------------------------------------------


class NewPasswordForm(forms.Form):
    password = _plain_password(_("New password"), "new-password", PASSWORD_HELP)
    again = _plain_password(_("The new password once more"), "new-password")

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def owner(self) -> User:
        """Whose names the password must not resemble."""
        return self.user or User()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, second = cleaned.get("password"), cleaned.get("again")
        if first:
            try:
                password_validation.validate_password(first, self.owner())
            except forms.ValidationError as error:
                self.add_error("password", error)
        if first and second and first != second:
            self.add_error("again", _("This is not the same as above."))
        return cleaned


class ProfileForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs=PHONE_WIDGET),
        help_text=_("You can sign in with it as well. Like 0812-3456-7890."),
    )

    def clean_phone(self) -> str:
        text = self.cleaned_data["phone"].strip()
        try:
            return phones.normalise_phone(text) if text else ""
        except ValueError:
            raise forms.ValidationError(
                _("This is not a telephone number. Write it like 0812-3456-7890.")
            ) from None


class OwnProfileForm(ProfileForm):
    """One's own: only the person decides where e-mail goes."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", **PLAIN}),
        help_text=_("For reminders alone: they hold counts and links. You cannot sign in with it."),
    )


class JoinForm(ProfileForm, NewPasswordForm):
    username = forms.CharField(
        label=_("User name"),
        max_length=30,
        help_text=_("Small letters, digits and dots. You sign in with it."),
        widget=forms.TextInput(attrs={"autocomplete": "username", **PLAIN}),
    )
    field_order = ["name", "username", "phone", "password", "again"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
        self.fields["again"].label = _("The password once more")

    def clean_username(self) -> str:
        username = self.cleaned_data["username"].strip().lower()
        if not USERNAME.fullmatch(username):
            raise forms.ValidationError(
                _("A user name is 3 to 30 small letters, digits and dots, and begins with a letter.")
            )
        if User.objects.filter(username=username).exists():
            raise forms.ValidationError(_("This user name is taken. Choose another."))
        return username

    def owner(self) -> User:
        given = self.cleaned_data
        return User(
            username=given.get("username", ""), name=given.get("name", ""), phone=given.get("phone") or None
        )


# --- looking after people ----------------------------------------------------------------------------------------------


class RoleForm(forms.Form):
    """A role over an area; only such as the user may give."""

    role = forms.ChoiceField(label=_("As what?"), widget=forms.RadioSelect)
    area = AreaField(levels=list(Level), coordinated=True, label=_("Where?"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in permissions.grantable_roles(user)]
        self.fields["area"].scope_to(user)


class InvitationForm(RoleForm):
    name = forms.CharField(
        label=_("Whom do you invite?"),
        max_length=120,
        help_text=_("The name as you call the person."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.all(), label=_("Organisation"), required=False, empty_label=_("None of these")
    )
    field_order = ["name", "role", "area", "organisation"]


class PersonForm(ProfileForm):
    organisation = forms.ModelChoiceField(
        Organisation.objects.all(), label=_("Organisation"), required=False, empty_label=_("None of these")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].help_text = _("The person can sign in with it as well. Like 0812-3456-7890.")


class OrganisationForm(forms.Form):
    """All but the two names stands on letters only, and may come later."""

    name = forms.CharField(
        label=_("Full name"), max_length=120, help_text=_("As it stands at the head of a letter.")
    )
    short_name = forms.CharField(label=_("Short name"), max_length=20)
    motto = forms.CharField(label=_("Line below the name"), max_length=120, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    phone = forms.CharField(
        label=_("Telephone"), max_length=20, required=False, widget=forms.TextInput(attrs=PHONE_WIDGET)
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    city = forms.CharField(
        label=_("City"), max_length=60, initial="Jakarta", help_text=_("Before the date of a letter.")
    )
    signatory = forms.CharField(label=_("Who signs letters?"), max_length=120, required=False)
    signatory_office = forms.CharField(
        label=_("As what?"), max_length=120, required=False, help_text=_("Below the name, like “Ketua”.")
    )
    letter_code = forms.CharField(
        label=_("Code in letter numbers"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs=PLAIN),
        help_text=_("Like JRMK in 017/ADU/JRMK/XI/2026. Empty: the short name."),
    )
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("A picture on a white ground that can be photocopied."),
    )
    remove_logo = forms.BooleanField(label=_("Letters without a logo"), required=False)

    def __init__(self, *args: Any, has_logo: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_logo:
            del self.fields["remove_logo"]

    def clean_letter_code(self) -> str:
        code = self.cleaned_data["letter_code"].strip()
        if code and not LETTER_CODE.fullmatch(code):
            raise forms.ValidationError(
                _("Letters, digits, dots and hyphens only, as a slash parts a letter's number.")
            )
        return code

    def clean_logo(self) -> bytes | None:
        file = self.cleaned_data["logo"]
        if not file:
            return None
        try:
            data = file.read(uploads.PHOTO_BYTES + 1)
            uploads.inspect_as_photo(data)
        except uploads.UploadRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return data


class FilterNameForm(forms.Form):
    name = forms.CharField(label=_("Name of the filter"), max_length=40)


class SaveFilterForm(FilterNameForm):
    place = forms.CharField(widget=forms.HiddenInput, max_length=20)
    query = forms.CharField(widget=forms.HiddenInput, max_length=2000)


class ThemeForm(forms.Form):
    theme = forms.ChoiceField(
        label=_("Screen"),
        choices=[("auto", _("as the phone is set")), ("light", _("light")), ("dark", _("dark"))],
        widget=forms.RadioSelect,
    )


ROLE_MEANING = {
    Role.VOLUNTEER: _("records households and cases, brings paper to the doors"),
    Role.COORDINATOR: _("checks cases, sends them on, looks after people and paper of the area"),
    Role.BOARD: _("sees everything and keeps programmes, offices and organisations"),
    Role.OBSERVER: _("sees figures only, never a household or a case"),
}
