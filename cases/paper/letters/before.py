"""What was done before, as paragraphs of a letter and as entries of a chronology."""

from collections import Counter
from datetime import date

from cases.escalations.choices import AnswerKind, OfficeKind, Solves
from cases.kernel.indonesian import long_date
from cases.paper.letters.categories import words_of
from cases.paper.letters.facts import Brief, CaseFacts, Reply, SentFacts
from cases.paper.letters.phrases import numbered, paragraphs, plain_date, shared_aid


def _sent_words(sent: SentFacts, several: bool) -> str:
    by = f" melalui surat nomor {sent.our_number}" if sent.our_number else ""
    which = f" untuk {sent.cases} kasus" if several else ""
    words = f"Pengaduan{which} telah disampaikan kepada {sent.office} pada {long_date(sent.sent_on)}{by}"
    if sent.received_on:
        agenda = f" dengan nomor agenda {sent.their_number}" if sent.their_number else ""
        same = sent.received_on == sent.sent_on
        words += f", diterima pada {'hari yang sama' if same else plain_date(sent.received_on)}{agenda}"
    elif sent.their_number:
        words += f" (nomor {sent.their_number})"
    return f"{words}. {_outcome(sent)}"


def _outcome(sent: SentFacts) -> str:
    """What came back, and how long nothing did."""
    told = [_reply_words(reply) for reply in sent.replies]
    if any(reply.kind == AnswerKind.ANSWER for reply in sent.replies) and sent.solves in NOT_SOLVED:
        told.append(NOT_SOLVED[Solves(sent.solves)])
    if sent.waits:
        told.append(_silence(sent))
    return " ".join(part for part in told if part)


NOT_SOLVED = {
    Solves.NO: "Jawaban itu belum menyelesaikan persoalan.",
    Solves.PARTLY: "Jawaban itu baru menyelesaikan sebagian persoalan.",
}
REPLIES = {
    AnswerKind.ANSWER: "dijawab, pada pokoknya: “{}.”",
    AnswerKind.PARTIAL: "dijawab sebagian: “{}.”",
    AnswerKind.INCOMPLETE: "diminta melengkapi berkas: “{}.”",
    AnswerKind.MORE_TIME: "diminta tambahan waktu: “{}.”",
}


def _reply_words(reply: Reply) -> str:
    return f"Pada {plain_date(reply.on)} {REPLIES[AnswerKind(reply.kind)].format(reply.content.rstrip('.'))}"


def _silence(sent: SentFacts) -> str:
    if sent.due_on and sent.late > 0:
        rule = f" ({sent.rule})" if sent.rule else ""
        return (
            f"Batas waktu jawaban{rule} jatuh pada {plain_date(sent.due_on)}; sampai surat ini dibuat, sudah lewat "
            f"{sent.late} hari tanpa jawaban."
        )
    if sent.due_on:
        return f"Jawabannya kami tunggu sampai {plain_date(sent.due_on)}."
    return f"Sampai surat ini dibuat, sudah {sent.late} hari tanpa jawaban." if sent.late > 0 else ""


def history(brief: Brief) -> str:
    if not brief.sent:
        return ""
    rows = [_sent_words(sent, brief.several) for sent in brief.sent]
    if len(rows) == 1:
        return rows[0]
    return paragraphs("Upaya yang telah dilakukan:", numbered(rows))


# What only passes a complaint on, and who watches over the others, is not reported to the Ombudsman.
NOT_REPORTED = (OfficeKind.CRM, OfficeKind.LAPOR, OfficeKind.OMBUDSMAN, OfficeKind.POLICE, OfficeKind.KPK)


def at_fault(brief: Brief) -> list[SentFacts]:
    """What was not answered in time, or not so that it was solved."""
    return [
        sent
        for sent in brief.sent
        if sent.kind not in NOT_REPORTED and (sent.late > 0 if sent.waits else sent.solves != Solves.YES)
    ]


# --- the chronology -----------------------------------------------------------------------------------------------


def chronology(brief: Brief) -> str:
    """Dated entries, the oldest first, an empty line between them."""
    entries: list[tuple[date | None, str, str]] = []
    if brief.several:
        entries += _chronology_of_many(brief)
    else:
        entries += _chronology_of_one(brief.cases[0])
    for sent in brief.sent:
        entries += _chronology_of(sent, brief)
    known = sorted((entry for entry in entries if entry[0]), key=lambda entry: entry[0])  # type: ignore[arg-type, return-value]
    undated = [entry for entry in entries if entry[0] is None]
    return "\n\n".join(f"{when}\n{what}" for _day, when, what in (*undated, *known))


def _chronology_of_one(case: CaseFacts) -> list[tuple[date | None, str, str]]:
    told = words_of(case.category).facts(case)
    what = " ".join(told[:2])
    when = long_date(case.happened_on) if case.happened_on else ""
    first = when or (f"Kira-kira {case.happened_about}" if case.happened_about else "Waktu kejadian")
    entries: list[tuple[date | None, str, str]] = [(case.happened_on, first, what)]
    entries.append(
        (
            case.logged_on,
            long_date(case.logged_on),
            f"Kejadian dilaporkan kepada posko dan dicatat sebagai kasus {case.number}.",
        )
    )
    if case.verified_on:
        entries.append(
            (
                case.verified_on,
                long_date(case.verified_on),
                "Laporan diperiksa dan dibenarkan oleh koordinator posko.",
            )
        )
    return entries


def _chronology_of_many(brief: Brief) -> list[tuple[date | None, str, str]]:
    what = words_of(brief.cases[0].category).shared.format(aid=shared_aid(brief))
    happened = Counter(case.happened_on for case in brief.cases if case.happened_on)
    logged = sorted(case.logged_on for case in brief.cases)
    entries: list[tuple[date | None, str, str]] = [
        (day, long_date(day), f"{many} keluarga {what}.") for day, many in happened.items()
    ]
    when = long_date(logged[0])
    if logged[0] != logged[-1]:
        when = f"{plain_date(logged[0])} sampai {plain_date(logged[-1])}"
    entries.append(
        (logged[0], when, f"Kejadian dilaporkan kepada posko dan dicatat sebagai {len(logged)} kasus.")
    )
    return entries


def _chronology_of(sent: SentFacts, brief: Brief) -> list[tuple[date | None, str, str]]:
    by = f" dengan surat nomor {sent.our_number}" if sent.our_number else ""
    which = f" untuk {sent.cases} kasus" if brief.several else ""
    entries: list[tuple[date | None, str, str]] = [
        (sent.sent_on, long_date(sent.sent_on), f"Pengaduan{which} disampaikan kepada {sent.office}{by}.")
    ]
    if sent.received_on:
        agenda = f", nomor agenda {sent.their_number}" if sent.their_number else ""
        entries.append(
            (sent.received_on, long_date(sent.received_on), f"Diterima oleh {sent.office}{agenda}.")
        )
    entries += [(reply.on, long_date(reply.on), f"{sent.office} {_said(reply)}") for reply in sent.replies]
    if sent.waits and sent.due_on and sent.due_on < brief.today:
        rule = f" ({sent.rule})" if sent.rule else ""
        entries.append(
            (
                sent.due_on,
                long_date(sent.due_on),
                f"Batas waktu jawaban {sent.office}{rule} berakhir tanpa jawaban.",
            )
        )
    return entries


def _said(reply: Reply) -> str:
    verbs = {
        AnswerKind.ANSWER: "menjawab",
        AnswerKind.PARTIAL: "menjawab sebagian",
        AnswerKind.INCOMPLETE: "meminta berkas dilengkapi",
        AnswerKind.MORE_TIME: "meminta tambahan waktu",
    }
    return f"{verbs[AnswerKind(reply.kind)]}: “{reply.content.rstrip('.')}.”"
