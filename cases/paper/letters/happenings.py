"""What happened in one case, sentence by sentence: plain, dated, without adjectives; what is not known is not said.

Somebody who may not be named is "warga".
"""

from cases.casefiles.choices import Question
from cases.kernel.indonesian import long_date, rupiah
from cases.paper.letters.facts import CaseFacts
from cases.paper.letters.phrases import aid_of, listed, person_of, when_of

Q = Question

ACTORS = {
    "rt": "pengurus RT",
    "rw": "pengurus RW",
    "cadre": "kader atau pembantu kegiatan",
    "officer": "petugas kelurahan atau dinas",
    "channel": "petugas bank, agen, atau pos",
    "other": "pihak lain",
}
EXCUSES = {
    "left_out": "untuk warga yang tidak kebagian",
    "pos_rw": "untuk pos RW",
    "ambulance": "untuk ambulans",
    "worship": "untuk rumah ibadah",
    "voluntary": "“seikhlasnya”",
    "administration": "“administrasi”",
}
WAYS = {
    "cash": "secara tunai",
    "card": "melalui kartu ATM/KKS",
    "transfer": "melalui transfer",
    "goods": "dalam bentuk barang",
}
FATES = {
    "never": "tidak pernah sampai",
    "late": "baru sampai sesudah penyaluran lewat",
    "sold": "baru diberikan setelah ditebus dengan uang",
    "held": "ditahan dan tidak diserahkan",
    "given_away": "diberikan kepada orang lain",
}
NIK_REASONS = {
    "not_here": "karena disebut tidak tinggal di alamat",
    "moved": "karena disebut sudah pindah",
    "died": "karena disebut sudah meninggal",
}
THREATS = {
    "struck_off": "dicoret dari daftar penerima",
    "no_papers": "tidak dilayani surat-surat RT/RW",
    "eviction": "diusir",
    "violence": "kekerasan",
    "hunted": "dicari-cari siapa yang mengadu",
}


def _begin(case: CaseFacts) -> str:
    """Where and when, at the beginning of a sentence."""
    words = ", ".join(part for part in (when_of(case), f"di {case.place}") if part)
    return f"{words[0].upper()}{words[1:]}, "


def _has(case: CaseFacts, question: Question) -> str:
    return case.told.get(question.value, "")


def _is(case: CaseFacts, question: Question, *values: str) -> bool:
    return case.answers.get(question.value) in values


def _actor(case: CaseFacts) -> str:
    return ACTORS.get(str(case.answers.get(Q.ACTOR_ROLE.value, "")), "")


def _amount(case: CaseFacts) -> str:
    return _has(case, Q.LEVY_AMOUNT) or "sejumlah uang"


def _asked(case: CaseFacts) -> list[str]:
    """Who was asked already, and what they said."""
    whom, reply = _has(case, Q.ASKED_WHOM), _has(case, Q.REPLY_GIVEN) or _has(case, Q.TOLD_WHY)
    if whom and reply:
        return [f"Hal ini sudah ditanyakan kepada {whom}, dengan jawaban: “{reply}.”"]
    if whom:
        return [f"Hal ini sudah ditanyakan kepada {whom}, tetapi belum ada penyelesaian."]
    return [f"Jawaban yang pernah diberikan kepada warga: “{reply}.”"] if reply else []


def _how_many(case: CaseFacts) -> list[str]:
    many = case.answers.get(Q.HOW_MANY.value)
    return [f"Menurut keterangan warga, sekitar {many} keluarga mengalami hal yang sama."] if many else []


def levy(case: CaseFacts) -> list[str]:
    whole = _has(case, Q.LEVY_OUT_OF)
    share = (
        f"dari {aid_of(case)} sebesar {whole} yang menjadi haknya"
        if whole
        else f"dalam penyaluran {aid_of(case)}"
    )
    told = [f"{_begin(case)}{person_of(case)} diminta membayar {_amount(case)} {share}."]
    excuse = case.answers.get(Q.LEVY_EXCUSE.value)
    by = f"oleh {_actor(case)} " if _actor(case) else ""
    way = WAYS.get(str(case.answers.get(Q.LEVY_WAY.value)), "")
    if excuse in EXCUSES:
        told.append(f"Uang itu diminta {by}{way + ' ' if way else ''}dengan alasan {EXCUSES[excuse]}.")
    elif excuse == "none":
        told.append(f"Uang itu diminta {by}{way + ' ' if way else ''}tanpa penjelasan apa pun.")
    elif by or way:
        told.append(f"Uang itu diminta {by}{way}".rstrip() + ".")
    if _is(case, Q.RECEIPT_GIVEN, "no"):
        told.append("Tidak ada kuitansi atau tanda terima yang diberikan.")
    elif _is(case, Q.RECEIPT_GIVEN, "yes"):
        told.append("Ada kuitansi atau catatan tertulis atas uang tersebut.")
    return told + _how_many(case)


def deduction(case: CaseFacts) -> list[str]:
    whole, cut = _has(case, Q.LEVY_OUT_OF), _has(case, Q.LEVY_AMOUNT)
    share = f" sebesar {cut}" if cut else ""
    share += f" dari {whole}" if whole else ""
    told = [f"{_begin(case)}bantuan milik {person_of(case)} ({aid_of(case)}) dipotong{share}."]
    amounts = case.answers.get(Q.LEVY_AMOUNT.value), case.answers.get(Q.LEVY_OUT_OF.value)
    if all(amounts):
        told.append(f"Yang sampai ke tangan penerima hanya {rupiah(int(amounts[1]) - int(amounts[0]))}.")
    excuse = EXCUSES.get(str(case.answers.get(Q.LEVY_EXCUSE.value)), "")
    by = f" oleh {_actor(case)}" if _actor(case) else ""
    if excuse or by:
        told.append(f"Pemotongan dilakukan{by}{f' dengan alasan {excuse}' if excuse else ''}.")
    if _is(case, Q.SIGNED_FULL, "yes"):
        told.append("Penerima diminta menandatangani jumlah yang penuh.")
    return told + _how_many(case)


def shared_out(case: CaseFacts) -> list[str]:
    by = f" oleh {_actor(case)}" if _actor(case) else ""
    told = [
        f"{_begin(case)}{aid_of(case)} yang menjadi hak {person_of(case)} dibagi rata{by} kepada warga di luar daftar penerima."
    ]
    left, among = _has(case, Q.SHARE_RECEIVED), case.answers.get(Q.SHARED_AMONG.value)
    if left:
        told.append(f"Yang sampai kepada penerima yang berhak hanya {left}.")
    if among:
        told.append(f"Bantuan tersebut dibagi kepada sekitar {among} keluarga.")
    if _is(case, Q.AGREED, "no"):
        told.append("Penerima tidak pernah menyetujui pembagian itu.")
    return told


def invitation(case: CaseFacts) -> list[str]:
    fate = FATES.get(str(case.answers.get(Q.INVITATION_FATE.value)), "tidak diterima sebagaimana mestinya")
    told = [f"{_begin(case)}undangan {aid_of(case)} untuk {person_of(case)} {fate}."]
    if cut := _has(case, Q.LEVY_AMOUNT):
        told.append(f"Untuk undangan itu diminta {cut}.")
    if _actor(case):
        told.append(f"Menurut keterangan warga, undangan berada pada {_actor(case)}.")
    return told + _how_many(case)


def card_held(case: CaseFacts) -> list[str]:
    by = _actor(case) or "orang lain"
    since = f" ({_has(case, Q.HELD_SINCE)})" if _has(case, Q.HELD_SINCE) else ""
    told = [f"Kartu ATM/KKS milik {person_of(case)} di {case.place} dipegang oleh {by}{since}."]
    if _is(case, Q.KNOWS_PIN, "yes"):
        told.append("Pemegang kartu juga mengetahui PIN-nya.")
    if _is(case, Q.MONEY_HANDED, "no"):
        told.append("Uang bantuan tidak diserahkan kepada penerima.")
    elif _is(case, Q.MONEY_HANDED, "part"):
        told.append("Uang bantuan hanya diserahkan sebagian kepada penerima.")
    return told + _how_many(case)


def not_received(case: CaseFacts) -> list[str]:
    where, period = _has(case, Q.SEEN_WHERE), _has(case, Q.SEEN_PERIOD)
    source = f" menurut {where}" if where else ""
    source += f" (periode {period})" if period else ""
    person = person_of(case)
    told = [
        f"{person[0].upper()}{person[1:]} di {case.place} terdaftar sebagai penerima {aid_of(case)}{source}."
    ]
    told.append(f"Sampai surat ini dibuat, bantuan tersebut belum diterima{_since(case)}.")
    if _is(case, Q.HAS_CARD, "yes"):
        told.append("Kartu ATM/KKS ada di tangan keluarga sendiri dan saldonya tidak terisi.")
    elif _is(case, Q.HAS_CARD, "no"):
        told.append("Kartu ATM/KKS tidak berada di tangan keluarga.")
    return told + _asked(case)


def _since(case: CaseFacts) -> str:
    if case.happened_on:
        return f" sejak {long_date(case.happened_on)}"
    return f" sejak kira-kira {case.happened_about}" if case.happened_about else ""


def not_registered(case: CaseFacts) -> list[str]:
    person = person_of(case)
    told = [
        f"{person[0].upper()}{person[1:]} di {case.place} tergolong keluarga tidak mampu, tetapi belum terdaftar sebagai penerima {aid_of(case)}."
    ]
    if _is(case, Q.ASKED_BEFORE, "yes") and not _has(case, Q.ASKED_WHOM):
        told.append("Permintaan untuk didata sudah pernah disampaikan.")
    return told + _asked(case)


def outside_id(case: CaseFacts) -> list[str]:
    since = f" ({_has(case, Q.HERE_SINCE)})" if _has(case, Q.HERE_SINCE) else " lebih dari enam bulan"
    origin = f" ({_has(case, Q.ID_FROM)})" if _has(case, Q.ID_FROM) else ""
    person = person_of(case)
    told = [
        f"{person[0].upper()}{person[1:]} tinggal di {case.place}{since}, dengan KTP dari luar DKI Jakarta{origin}, dan karena itu tidak didata untuk {aid_of(case)}."
    ]
    proof = _has(case, Q.PROOF_OF_STAY)
    if proof and case.answers.get(Q.PROOF_OF_STAY.value) != ["none"]:
        told.append(f"Bukti tempat tinggal yang ada: {proof}.")
    return told + _asked(case)


def well_off(case: CaseFacts) -> list[str]:
    told = [f"Di {case.place}, sebuah keluarga yang tergolong mampu menerima {aid_of(case)}."]
    if signs := _has(case, Q.WEALTH_SIGNS):
        told.append(f"Yang terlihat oleh warga: {signs}.")
    told.append("Sementara itu ada keluarga tidak mampu di sekitarnya yang tidak terdaftar.")
    return told


def cut_off(case: CaseFacts) -> list[str]:
    last = f"; terakhir diterima {_has(case, Q.LAST_RECEIVED)}" if _has(case, Q.LAST_RECEIVED) else ""
    person = person_of(case)
    return [
        f"{person[0].upper()}{person[1:]} di {case.place} dahulu menerima bantuan{last}.",
        f"Bantuan itu terhenti{_stopped(case)} tanpa pemberitahuan tertulis, sedangkan keadaan keluarga tidak membaik.",
        *_asked(case),
    ]


def _stopped(case: CaseFacts) -> str:
    return f" {when_of(case)}" if when_of(case) else ""


def double(case: CaseFacts) -> list[str]:
    what = _has(case, Q.DOUBLE_WHAT)
    where = f" menurut {_has(case, Q.SEEN_WHERE)}" if _has(case, Q.SEEN_WHERE) else ""
    return [
        f"Pada data penerima {aid_of(case)} di {case.place} terdapat data ganda{where}{f': {what}' if what else ''}.",
        "Akibatnya hak keluarga yang bersangkutan tertahan, atau jatah keluarga lain terpakai.",
    ]


def deceased(case: CaseFacts) -> list[str]:
    died = f" (meninggal {_has(case, Q.DIED_WHEN)})" if _has(case, Q.DIED_WHEN) else ""
    told = [
        f"Di {case.place}, seorang penerima {aid_of(case)} yang sudah meninggal{died} masih tercantum dalam daftar."
    ]
    if _is(case, Q.STILL_DRAWN, "yes"):
        told.append("Menurut keterangan warga, bantuannya masih diambil.")
    if _is(case, Q.FAMILY_THERE, "yes"):
        told.append("Keluarganya masih tinggal di alamat itu dan berhak atas kejelasan.")
    return told


def fictitious(case: CaseFacts) -> list[str]:
    where = f" menurut {_has(case, Q.SEEN_WHERE)}" if _has(case, Q.SEEN_WHERE) else ""
    told = [
        f"Pada daftar penerima {aid_of(case)} di {case.place} tercantum nama yang tidak dikenal warga{where}."
    ]
    if _is(case, Q.NEIGHBOURS_ASKED, "yes"):
        told.append("Tetangga di alamat tersebut sudah ditanya dan tidak mengenal orangnya.")
    if _is(case, Q.STILL_DRAWN, "yes"):
        told.append("Menurut keterangan warga, bantuannya tetap diambil.")
    return told


def closed_list(case: CaseFacts) -> list[str]:
    return [
        f"Daftar penerima {aid_of(case)} di {case.place} tidak diumumkan kepada warga.",
        "Warga tidak dapat mengetahui siapa yang berhak, berapa jatahnya, dan atas dasar apa.",
        *_asked(case),
    ]


def quality(case: CaseFacts) -> list[str]:
    goods = _has(case, Q.GOODS_WHAT)
    fault = _has(case, Q.GOODS_FAULT) or "rusak atau kurang"
    told = [f"{_begin(case)}barang {aid_of(case)} yang diterima {person_of(case)} ternyata {fault}."]
    if goods:
        told.append(f"Barang yang dimaksud: {goods}.")
    return told + _how_many(case)


def nik_off(case: CaseFacts) -> list[str]:
    found = f"; hal itu baru diketahui di {_has(case, Q.FOUND_WHERE)}" if _has(case, Q.FOUND_WHERE) else ""
    why = " " + NIK_REASONS.get(str(case.answers.get(Q.NIK_REASON.value)), "tanpa pemberitahuan")
    since = f" ({_has(case, Q.HERE_SINCE)})" if _has(case, Q.HERE_SINCE) else ""
    return [
        f"NIK {person_of(case)} di {case.place} dinonaktifkan{why}{found}.",
        f"Yang bersangkutan masih berdomisili di alamat tersebut{since}.",
        "Akibatnya bantuan sosial dan layanan lain tidak dapat digunakan.",
    ]


def intimidation(case: CaseFacts) -> list[str]:
    values = case.answers.get(Q.THREAT.value) or []
    threats = [THREATS[value] for value in values if value in THREATS]
    by = f" oleh {_actor(case)}" if _actor(case) else ""
    what = f"diancam{by}: {listed(threats, 'dan')}" if threats else f"mendapat tekanan{by}"
    told = [f"{_begin(case)}warga yang mengadukan penyaluran bantuan sosial {what}."]
    if _is(case, Q.WITNESSED, "yes"):
        told.append("Ada orang lain yang melihat atau mendengarnya.")
    if _is(case, Q.SAFE_NOW, "no"):
        told.append("Warga yang bersangkutan saat ini belum merasa aman.")
    return told


def fraud(case: CaseFacts) -> list[str]:
    way = f" melalui {_has(case, Q.FRAUD_WAY)}" if _has(case, Q.FRAUD_WAY) else ""
    told = [f"{_begin(case)}warga dihubungi{way} oleh pihak yang mengaku mengurus bantuan sosial."]
    if asked := _has(case, Q.FRAUD_ASKED):
        told.append(f"Yang diminta dari warga: {asked}.")
    if cut := _has(case, Q.LEVY_AMOUNT):
        told.append(f"Uang yang diminta: {cut}.")
    if contact := _has(case, Q.FRAUD_CONTACT):
        told.append(f"Nomor, rekening, atau tautan yang dipakai: {contact}.")
    return told


def other(case: CaseFacts) -> list[str]:
    return [f"{_begin(case)}{person_of(case)} mengalami masalah dalam penyaluran {aid_of(case)}."]
