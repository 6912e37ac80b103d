"""From the edited texts and the facts to the parts of one PDF, in the order in which they are printed."""

import base64
from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from cases.kernel.indonesian import long_date, short_date
from cases.paper.choices import Enclosure, LetterKind
from cases.paper.letters import wording
from cases.paper.letters.content import (
    DOCUMENT,
    FORM,
    LETTER,
    NOT_YET,
    Block,
    LetterContent,
    Letterhead,
    Par,
    Part,
    Row,
    Rows,
    Signer,
    Table,
    read_entries,
    read_lines,
    read_rows,
    read_text,
)
from cases.paper.letters.facts import Brief
from cases.paper.letters.phrases import place_date, plain_date
from cases.paper.models import Letter
from cases.paper.rules import enclosures_of
from cases.paper.sheets import PaperRefused

K, E = LetterKind, Enclosure

ENCLOSED = {
    E.ANNEX: "Daftar kasus",
    E.CHRONOLOGY: "Kronologi",
    E.EVIDENCE: "Daftar bukti",
    E.POWER: "Surat kuasa",
}
NUMBERS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
NOTHING_ENCLOSED = _("Nothing is enclosed. Choose what is printed behind the letter.")
NO_CHRONOLOGY = _("The chronology is empty. Write it, or leave it out.")
NO_EVIDENCE = _("There is no evidence on record for this. Leave the list of evidence out.")


def compose(
    letter: Letter, texts: Mapping[str, str], brief: Brief, *, day: date, number: str = "", mark: str = ""
) -> LetterContent:
    """All of one letter. Raises PaperRefused for a text that may not be on paper."""
    kind = LetterKind(letter.kind)
    made = _Composer(letter, texts, brief, day, number)
    main = made.main(kind)
    behind = [made.enclosure(part) for part in made.enclosures]
    logo = letter.organisation.logo
    return LetterContent(
        title=f"{texts.get('subject') or kind.label} {number}".strip(),
        head=_head(brief),
        parts=(main, *behind),
        mark=mark,
        logo=base64.b64encode(logo.unsealed()).decode() if logo else "",
    )


def _head(brief: Brief) -> Letterhead:
    by = brief.by
    return Letterhead(
        name=by.name, motto=by.motto, lines=tuple(line for line in (by.address, by.contact) if line)
    )


class _Composer:
    """The parts share number, day, texts and facts."""

    def __init__(
        self, letter: Letter, texts: Mapping[str, str], brief: Brief, day: date, number: str
    ) -> None:
        self.kind, self.texts, self.brief = LetterKind(letter.kind), texts, brief
        self.day, self.number, self.answer_by = day, number, letter.answer_by
        self.enclosures = enclosures_of(letter.kind, letter.enclosures, len(brief.cases))

    # --- the letter itself ---

    def main(self, kind: LetterKind) -> Part:
        if kind == K.POWER:
            return self._power(
                identity=self.texts.get("identity", ""),
                purpose=self.texts.get("facts", ""),
                powers=self.texts.get("demands", ""),
                closing=self.texts.get("closing", ""),
            )
        if kind == K.STATEMENT:
            return self._statement()
        if kind == K.CHRONOLOGY:
            return self._chronology(subject=self._text("subject"), opening=self._text("opening"))
        return self._letter()

    def _letter(self) -> Part:
        by = self.brief.by
        copies = read_lines(self._text("copies"))
        return Part(
            form=LETTER,
            code=self.kind.value,
            about=(
                Row(label="Nomor", value=self.number or NOT_YET),
                Row(label="Lampiran", value=self._how_many_enclosed()),
                Row(label="Perihal", value=self._text("subject")),
            ),
            place_date=place_date(by.city, self.day),
            to=read_lines(self._text("to")),
            salutation="Dengan hormat,",
            body=self._body(),
            greeting="Hormat kami,",
            signers=(Signer(above=by.name, name=by.signer, below=by.signer_office),),
            enclosed=self._enclosed_words(),
            copies=(*copies, "Arsip") if copies else (),
        )

    def _body(self) -> tuple[Block, ...]:
        blocks: list[Block] = [*read_text(self._text("opening"))]
        if (identity := read_rows(self._text("identity"))) is not None:
            blocks.append(identity)
        if self.kind == K.COVER:
            blocks.append(self._cover_table())
        for name in ("facts", "history", "basis", "demands"):
            blocks += read_text(self._text(name))
        if sentence := wording.answer_sentence(self.kind, self.brief, self.answer_by):
            blocks.append(Par(text=sentence))
        return (*blocks, *read_text(self._text("closing")))

    def _text(self, name: str) -> str:
        return self.texts.get(name, "")

    # --- what is enclosed ---

    def _listed(self) -> list[Enclosure]:
        """Without the sheets that only go with it: the list itself, and the receipt that comes back."""
        return [part for part in self.enclosures if part in ENCLOSED]

    def _how_many_enclosed(self) -> str:
        many = len(self._listed())
        if not many:
            return "–"
        words = NUMBERS[many] if many < len(NUMBERS) else str(many)
        return f"{many} ({words}) berkas"

    def _enclosed_words(self) -> tuple[str, ...]:
        if self.kind == K.COVER:
            return ()  # they stand in its own table
        return tuple(ENCLOSED[part] for part in self._listed())

    def _cover_table(self) -> Table:
        rows = [
            (str(n), ENCLOSED[part], "1 (satu) berkas", self._remark(part) or "–")
            for n, part in enumerate(self._listed(), 1)
        ]
        if not rows:
            raise PaperRefused(NOTHING_ENCLOSED)
        return Table(
            columns=("No.", "Yang dikirimkan", "Banyaknya", "Keterangan"),
            widths=(0, 3, 2, 3),
            rows=tuple(rows),
        )

    def _remark(self, part: Enclosure) -> str:
        if part == E.ANNEX:
            return f"{len(self.brief.cases)} kasus"
        if part == E.EVIDENCE:
            return f"{sum(len(case.proofs) for case in self.brief.cases)} bukti"
        return ""

    def enclosure(self, part: Enclosure) -> Part:
        match part:
            case E.CONTENTS:
                return self._contents()
            case E.ANNEX:
                return self._annex()
            case E.CHRONOLOGY:
                return self._chronology(subject="Kronologi", opening=self._case_line(), behind=True)
            case E.EVIDENCE:
                return self._evidence()
            case E.POWER:
                return self._power(
                    identity=self._text("giver"),
                    purpose=wording.power_text(self.brief),
                    powers=wording.POWERS_TEXT,
                    closing=wording.POWER_CLOSING,
                    behind=True,
                )
            case E.RECEIPT:
                return self._receipt()

    def _note(self) -> str:
        """Which letter it lies behind."""
        return f"Lampiran surat nomor {self.number or NOT_YET}, {plain_date(self.day)}"

    def _case_line(self) -> str:
        return wording.case_line(self.brief)

    def _contents(self) -> Part:
        rows = tuple(
            (str(n), ENCLOSED[part], self._remark(part) or "–") for n, part in enumerate(self._listed(), 1)
        )
        if not rows:
            raise PaperRefused(NOTHING_ENCLOSED)
        return Part(
            form=DOCUMENT,
            code=E.CONTENTS.value,
            title="Daftar Lampiran",
            note=self._note(),
            body=(
                Par(text=self._text("subject")),
                Table(columns=("No.", "Lampiran", "Keterangan"), widths=(0, 3, 3), rows=rows),
            ),
        )

    def _annex(self) -> Part:
        cases = self.brief.cases
        rows = tuple(
            (
                str(n),
                case.number,
                wording.shown_name(case),
                case.place_short,
                f"…{case.kk_end}" if case.kk_end else "–",
                wording.in_short(case) or "–",
            )
            for n, case in enumerate(cases, 1)
        )
        return Part(
            form=DOCUMENT,
            code=E.ANNEX.value,
            title="Daftar Kasus",
            note=self._note(),
            body=(
                Par(text=f"{self._text('subject')}. Jumlah: {len(cases)} kasus."),
                Table(
                    columns=("No.", "Nomor kasus", "Kepala keluarga", "RT/RW", "KK", "Keterangan"),
                    widths=(0, 0, 4, 0, 0, 5),
                    rows=rows,
                ),
                Par(
                    text="Kolom KK hanya memuat empat angka terakhir. Nama yang tertulis “disimpan posko” dirahasiakan demi "
                    "keamanan yang bersangkutan atau belum diizinkan untuk disebut."
                ),
            ),
        )

    def _chronology(self, *, subject: str, opening: str, behind: bool = False) -> Part:
        entries = read_entries(self._text("chronology"))
        if not entries:
            raise PaperRefused(NO_CHRONOLOGY)
        rows = tuple((str(n), when, what) for n, (when, what) in enumerate(entries, 1))
        by = self.brief.by
        return Part(
            form=DOCUMENT,
            code=E.CHRONOLOGY.value,
            title=subject,
            note=self._note() if behind else "",
            body=(
                *read_text(opening),
                Table(columns=("No.", "Waktu", "Yang terjadi"), widths=(0, 2.4, 5), rows=rows),
            ),
            place_date="" if behind else place_date(by.city, self.day),
            signers=() if behind else (Signer(above="Disusun oleh", name="", below=by.name),),
        )

    def _evidence(self) -> Part:
        rows = []
        for case in self.brief.cases:
            for proof in case.proofs:
                rows.append(
                    (
                        str(len(rows) + 1),
                        case.number,
                        proof.kind,
                        proof.caption or "–",
                        short_date(proof.kept_on),
                        proof.digest,
                    )
                )
        if not rows:
            raise PaperRefused(NO_EVIDENCE)
        return Part(
            form=DOCUMENT,
            code=E.EVIDENCE.value,
            title="Daftar Bukti",
            note=self._note() if self.kind != K.CHRONOLOGY else "",
            body=(
                Table(
                    columns=("No.", "Nomor kasus", "Jenis", "Isi", "Disimpan", "Sidik berkas"),
                    widths=(0, 0, 2, 4, 0, 0),
                    rows=tuple(rows),
                ),
                Par(
                    text="Berkas asli disimpan tersegel di posko dan dapat diperlihatkan bila diminta. Sidik berkas (SHA-256, "
                    "12 huruf pertama) membuktikan bahwa berkas tidak berubah sejak disimpan."
                ),
            ),
        )

    def _power(self, *, identity: str, purpose: str, powers: str, closing: str, behind: bool = False) -> Part:
        by, brief = self.brief.by, self.brief
        given = read_rows(identity) or Rows(rows=(Row(label="Nama"), Row(label="NIK"), Row(label="Alamat")))
        name = next((row.value for row in given.rows if row.label.casefold() == "nama"), "")
        number = "" if behind else self.number or NOT_YET
        return Part(
            form=DOCUMENT,
            code=E.POWER.value if behind else self.kind.value,
            title="Surat Kuasa",
            number=number,
            note=self._note() if behind else "",
            body=(
                Par(text="Yang bertanda tangan di bawah ini:"),
                given,
                Par(text="selanjutnya disebut pemberi kuasa, dengan ini memberi kuasa kepada:"),
                Rows(
                    rows=(
                        Row(label="Nama", value=by.name),
                        Row(
                            label="Diwakili oleh",
                            value=", ".join(p for p in (by.signer, by.signer_office) if p),
                        ),
                        Row(label="Alamat", value=by.address),
                        Row(label="Kontak", value=by.contact),
                    )
                ),
                Par(text="selanjutnya disebut penerima kuasa,"),
                *read_text(purpose),
                *read_text(powers),
                *read_text(closing),
                Par(text="Demikian surat kuasa ini dibuat untuk dipergunakan sebagaimana mestinya."),
            ),
            place_date=place_date(brief.by.city, self.day) if name else f"{by.city}, ……………………………",
            signers=(
                Signer(above="Penerima kuasa", name=by.signer, below=by.signer_office),
                Signer(above="Pemberi kuasa", name=name, stamped=True),
            ),
        )

    def _statement(self) -> Part:
        given = read_rows(self._text("identity")) or Rows(rows=(Row(label="Nama"), Row(label="Alamat")))
        name = next((row.value for row in given.rows if row.label.casefold() == "nama"), "")
        return Part(
            form=DOCUMENT,
            code=self.kind.value,
            title=self._text("subject") or "Surat Pernyataan",
            body=(
                Par(text="Yang bertanda tangan di bawah ini:"),
                given,
                *read_text(self._text("facts")),
                *read_text(self._text("closing")),
            ),
            place_date=f"{self.brief.by.city}, ……………………………",
            signers=(
                Signer(above="Saksi", name=""),
                Signer(above="Yang membuat pernyataan", name=name, stamped=True),
            ),
        )

    def _receipt(self) -> Part:
        """Half a sheet twice: one half stays with the office, one comes back with its stamp."""
        by = self.brief.by
        return Part(
            form=FORM,
            code=E.RECEIPT.value,
            title="Tanda Terima Surat",
            number=self.number or NOT_YET,
            about=(
                Row(label="Dari", value=by.name),
                Row(label="Nomor surat", value=self.number or NOT_YET),
                Row(label="Tanggal surat", value=long_date(self.day)),
                Row(label="Perihal", value=self._text("subject")),
                Row(label="Lampiran", value=self._how_many_enclosed()),
                Row(label="Kepada", value=" ".join(read_lines(self._text("to"))[:1])),
            ),
            to=("Lembar untuk posko: mohon dicap", "Lembar untuk kantor"),
        )
