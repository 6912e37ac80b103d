"""Sample content for templates/_styleguide.html: every component once, with words as a posko uses them."""

import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django import forms

WIB = ZoneInfo("Asia/Jakarta")


class HouseholdForm(forms.Form):
    head = forms.CharField(label="Nama kepala keluarga", help_text="Seperti tertulis di KK.")
    kk = forms.CharField(
        label="Nomor KK",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 19, "autocomplete": "off"}),
    )
    house = forms.CharField(label="Gang dan nomor rumah", required=False)
    sex = forms.ChoiceField(
        label="Jenis kelamin",
        choices=[("f", "Perempuan"), ("m", "Laki-laki")],
        widget=forms.RadioSelect,
    )
    needs = forms.MultipleChoiceField(
        label="Kebutuhan di rumah",
        required=False,
        choices=[("elderly", "Lansia"), ("disability", "Penyandang disabilitas"), ("baby", "Balita")],
        widget=forms.CheckboxSelectMultiple,
    )
    livelihood = forms.ChoiceField(
        label="Pekerjaan utama",
        choices=[("", "Pilih…"), ("day", "Buruh harian"), ("trade", "Pedagang kecil")],
    )
    visited = forms.DateField(
        label="Tanggal kunjungan", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    people = forms.IntegerField(label="Jumlah anggota", min_value=1)
    story = forms.CharField(
        label="Ceritakan apa yang terjadi",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Tulis apa adanya: kapan, di mana, siapa yang meminta.",
    )
    photo = forms.FileField(
        label="Foto bukti",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text="Kartu, undangan, atau kuitansi. Wajah orang tidak perlu.",
    )
    consent = forms.BooleanField(label="Warga setuju datanya dicatat oleh posko untuk mengurus bantuannya.")


class CategoryForm(forms.Form):
    category = forms.ChoiceField(
        label="Apa yang terjadi?",
        help_text="Pilih satu yang paling dekat.",
        choices=[
            ("hand-coin", "Pungutan liar"),
            ("scissors", "Bantuan dipotong"),
            ("split", "Dibagi rata"),
            ("not-listed", "Miskin tapi tidak terdaftar"),
            ("hourglass", "Terdaftar, belum terima"),
            ("car", "Mampu tapi dapat"),
            ("unlink", "Dulu sembako, sekarang tidak"),
            ("envelope", "Undangan tidak sampai atau dijual"),
            ("card-held", "ATM/KKS dipegang orang lain"),
            ("doublecopy", "Data ganda"),
            ("flag", "Penerima sudah meninggal"),
            ("nobody", "Penerima tidak ada"),
            ("closed-list", "Daftar tidak diumumkan"),
            ("broken-box", "Barang rusak atau kurang"),
            ("id-off", "NIK dinonaktifkan"),
            ("id-outside", "KTP luar DKI"),
            ("threat", "Diancam karena melapor"),
            ("megaphone", "Penipuan mengatasnamakan bansos"),
        ],
        widget=forms.RadioSelect,
        initial="hand-coin",
    )


class ReporterForm(forms.Form):
    level = forms.ChoiceField(
        label="Siapa yang boleh tahu nama pelapor?",
        choices=[
            ("anonymous", "Tanpa nama"),
            ("posko", "Hanya posko"),
            ("office", "Boleh disebut ke kantor"),
        ],
        widget=forms.RadioSelect,
    )


class FilterForm(forms.Form):
    q = forms.CharField(
        label="Cari nama, gang, atau nomor kasus",
        required=False,
        widget=forms.TextInput(
            attrs={"type": "search", "class": "input", "placeholder": "Nama, gang, nomor kasus"}
        ),
    )
    status = forms.ChoiceField(label="Status", required=False, choices=[("", "Semua"), ("new", "Baru")])
    turn = forms.ChoiceField(label="Giliran", required=False, choices=[("", "Semua"), ("posko", "Posko")])
    since = forms.DateField(label="Sejak", required=False, widget=forms.DateInput(attrs={"type": "date"}))


STATUSES = [
    ("new", "Baru"),
    ("needs_details", "Perlu dilengkapi"),
    ("verified", "Sudah dicek"),
    ("sent", "Sudah dikirim"),
    ("answered", "Sudah dijawab"),
    ("resolved", "Selesai"),
    ("closed", "Ditutup"),
    ("reopened", "Dibuka lagi"),
    ("overdue", "Lewat 2 hari"),
    ("due_soon", "Tinggal 3 hari lagi"),
]

ROWS = [
    ("GDG-2611-0042", "Pungutan liar", "RT 005/RW 011", "overdue", "Lewat 2 hari", "Lurah Gedong", 50000),
    (
        "GDG-2611-0041",
        "Terdaftar, belum terima",
        "RT 002/RW 011",
        "sent",
        "Sudah dikirim",
        "Lurah Gedong",
        None,
    ),
    ("TGH-2611-0017", "Miskin tapi tidak terdaftar", "RT 009/RW 004", "new", "Baru", "Posko", None),
    ("TGH-2611-0016", "Bantuan dipotong", "RT 001/RW 004", "answered", "Sudah dijawab", "Posko", 100000),
]


def at(day: int, hour: int, minute: int = 0) -> datetime.datetime:
    return datetime.datetime(2026, 11, day, hour, minute, tzinfo=WIB)


def context() -> dict[str, object]:
    """Everything that the style guide shows."""
    return {
        "nav": "home",
        "demo": True,
        "form": HouseholdForm(
            {"bad-head": "Sumarni", "bad-people": "0", "bad-visited": "2026-11-24", "bad-sex": "f"},
            prefix="bad",
        ),
        "fresh": HouseholdForm(prefix="fresh"),
        "category": CategoryForm(),
        "reporter": ReporterForm(),
        "levels": [
            {
                "value": "anonymous",
                "label": "Tanpa nama",
                "hint": "Nama tidak dicatat di mana pun.",
                "icon": "eye-off",
            },
            {
                "value": "posko",
                "label": "Hanya posko",
                "hint": "Hanya koordinator yang bisa membuka nama.",
                "icon": "lock",
                "checked": True,
            },
            {
                "value": "office",
                "label": "Boleh disebut ke kantor",
                "hint": "Nama tertulis di surat ke kelurahan.",
                "icon": "office",
            },
        ],
        "filters": FilterForm({"status": "new"}),
        "statuses": STATUSES,
        "rows": [
            dict(zip(("number", "what", "where", "status", "label", "turn", "amount"), row, strict=True))
            for row in ROWS
        ],
        "figures": [
            {"number": 7, "label": "lewat batas waktu", "url": "#", "bad": True},
            {"number": 12, "label": "menunggu posko", "url": "#"},
            {"number": 31, "label": "menunggu kantor", "url": "#"},
            {"number": 4, "label": "masuk hari ini", "url": "#"},
        ],
        "entries": [
            {
                "at": at(24, 9, 5),
                "title": "Dikirim ke Lurah Gedong",
                "by": "Koordinator Gedong",
                "icon": "send",
                "body": "Diterima Ibu Ratna di loket, nomor agenda 118/XI.",
            },
            {
                "at": at(23, 16, 40),
                "title": "Sudah dicek",
                "by": "Koordinator Gedong",
                "icon": "status-verified",
            },
            {"at": at(23, 10, 12), "title": "Kasus dicatat", "by": "Relawan Gedong", "icon": "add"},
        ],
        "facts": [
            ("Alamat", "Gang Mawar 12A, RT 005/RW 011"),
            ("Nomor KK", "3175••••••••1234"),
            ("Anggota", "5 orang"),
            ("Telepon", None),
            ("Pekerjaan", "Buruh cuci harian"),
        ],
        "tabs": [
            {"url": "#", "label": "Ringkasan", "current": True},
            {"url": "#", "label": "Bukti", "count": 3},
            {"url": "#", "label": "Riwayat", "count": 12},
            {"url": "#", "label": "Surat", "count": 1},
        ],
        "crumbs": [{"url": "#", "label": "Kasus"}, {"url": "#", "label": "Kel. Gedong"}],
        "steps": ["Kejadian", "Uang", "Pelapor", "Bukti"],
        "page": SimpleNamespace(previous="a", next="b"),
    }
