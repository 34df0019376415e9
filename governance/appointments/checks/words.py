"""The questions that vetting puts, and the answers to them, in four languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Words = Mapping[str, str]

COMMENT: Words = {
    "en": "A check of your candidacy led to an adverse finding. What do you say to it?",
    "fr": "Une vérification de votre candidature a conduit à une constatation défavorable. "
    "Qu’avez-vous à en dire\N{NO-BREAK SPACE}?",
    "es": "Una verificación de su candidatura dio lugar a una constatación desfavorable. "
    "¿Qué tiene que decir al respecto?",
    "ar": "أدى أحد التحريات المتعلقة بترشيحكم إلى استنتاج سلبي. ما ملاحظاتكم عليه؟",
}
RULING: Mapping[str, Words] = {
    "refuse": {
        "en": "Do you sign the refusal of this candidate after vetting?",
        "fr": "Signez-vous le refus de cette candidature après vérification\N{NO-BREAK SPACE}?",
        "es": "¿Firma usted la denegación de esta candidatura tras la verificación?",
        "ar": "هل توقّعون على رفض هذا المرشح بعد التحريات؟",
    },
    "clear": {
        "en": "Do you sign that the adverse finding does not stand in this candidate's way?",
        "fr": "Confirmez-vous par votre signature que la constatation défavorable ne fait "
        "pas obstacle à cette candidature\N{NO-BREAK SPACE}?",
        "es": "¿Confirma con su firma que la constatación desfavorable no impide esta candidatura?",
        "ar": "هل توقّعون على أن الاستنتاج السلبي لا يحول دون هذا الترشيح؟",
    },
    "clear_with_conditions": {
        "en": "Do you sign that this candidate is cleared under these conditions?",
        "fr": "Confirmez-vous par votre signature que cette personne est admise sous ces "
        "conditions\N{NO-BREAK SPACE}?",
        "es": "¿Confirma con su firma que esta persona queda habilitada con estas condiciones?",
        "ar": "هل توقّعون على إجازة هذا المرشح بهذه الشروط؟",
    },
}
ASK_REVIEW: Words = {
    "en": "Your candidacy was refused after vetting. Do you ask for a review by somebody who took "
    "no part in the refusal?",
    "fr": "Votre candidature a été refusée après vérification. Demandez-vous un réexamen par une "
    "personne étrangère au refus\N{NO-BREAK SPACE}?",
    "es": "Su candidatura fue denegada tras la verificación. ¿Solicita una reconsideración por "
    "alguien ajeno a la denegación?",
    "ar": "رُفض ترشيحكم بعد التحريات. هل تطلبون إعادة النظر من جانب شخص لم يشارك في الرفض؟",
}
REVIEW: Words = {
    "en": "Does the refusal of this candidate stand?",
    "fr": "Le refus de cette candidature est-il maintenu\N{NO-BREAK SPACE}?",
    "es": "¿Se mantiene la denegación de esta candidatura?",
    "ar": "هل يبقى رفض هذا المرشح قائما؟",
}
ATTEST: Words = {
    "en": "Do you attest this check of your official: {check}?",
    "fr": "Attestez-vous cette vérification concernant votre agent\N{NO-BREAK SPACE}: "
    "{check}\N{NO-BREAK SPACE}?",
    "es": "¿Certifica usted esta verificación de su funcionario: {check}?",
    "ar": "هل تشهدون على نتيجة هذا التحري بشأن موظفكم: {check}؟",
}
AGREE: Words = {
    "en": "Does your administration agree in writing to the secondment of this official, for "
    "{years}?",
    "fr": "Votre administration consent-elle par écrit au détachement de cet agent, pour "
    "{years}\N{NO-BREAK SPACE}?",
    "es": "¿Acepta su administración por escrito la adscripción de este funcionario, por {years}?",
    "ar": "هل توافق إدارتكم كتابةً على إعارة هذا الموظف (المدة: {years})؟",
}
EXCEPTION: Words = {
    "en": "Do you grant an exception, so that a letter may leave although these checks are not "
    "closed: {checks}?",
    "fr": "Accordez-vous une exception, pour qu’une lettre parte bien que ces vérifications ne "
    "soient pas closes\N{NO-BREAK SPACE}: {checks}\N{NO-BREAK SPACE}?",
    "es": "¿Concede una excepción para que salga una carta aunque estas verificaciones no estén "
    "cerradas: {checks}?",
    "ar": "هل تمنحون استثناءً يتيح إرسال الخطاب رغم عدم إغلاق هذه التحريات: {checks}؟",
}
DECLARE: Words = {
    "en": "Do you make these declarations?",
    "fr": "Faites-vous ces déclarations\N{NO-BREAK SPACE}?",
    "es": "¿Formula usted estas declaraciones?",
    "ar": "هل تقدمون هذه الإقرارات؟",
}

TITLES: Mapping[str, Words] = {
    "accept": {
        "en": "The finding is right",
        "fr": "La constatation est exacte",
        "es": "La constatación es correcta",
        "ar": "الاستنتاج صحيح",
    },
    "agree": {"en": "We agree", "fr": "Nous consentons", "es": "Aceptamos", "ar": "نوافق"},
    "ask_review": {
        "en": "I ask for a review",
        "fr": "Je demande un réexamen",
        "es": "Solicito una reconsideración",
        "ar": "أطلب إعادة النظر",
    },
    "attest": {
        "en": "We attest it",
        "fr": "Nous l’attestons",
        "es": "Lo certificamos",
        "ar": "نشهد بذلك",
    },
    "cannot_say": {
        "en": "We cannot say",
        "fr": "Nous ne pouvons nous prononcer",
        "es": "No podemos pronunciarnos",
        "ar": "لا يمكننا إبداء رأي",
    },
    "declare": {
        "en": "I declare so",
        "fr": "Je le déclare",
        "es": "Así lo declaro",
        "ar": "أقر بذلك",
    },
    "declare_with_note": {
        "en": "I declare so, except as I write here",
        "fr": "Je le déclare, sous les réserves écrites ici",
        "es": "Lo declaro, con las salvedades que escribo aquí",
        "ar": "أقر بذلك باستثناء ما أكتبه هنا",
    },
    "dispute": {
        "en": "I dispute the finding",
        "fr": "Je conteste la constatation",
        "es": "Impugno la constatación",
        "ar": "أعترض على الاستنتاج",
    },
    "do_not_agree": {
        "en": "We do not agree",
        "fr": "Nous ne consentons pas",
        "es": "No aceptamos",
        "ar": "لا نوافق",
    },
    "do_not_attest": {
        "en": "We do not attest it",
        "fr": "Nous ne l’attestons pas",
        "es": "No lo certificamos",
        "ar": "لا نشهد بذلك",
    },
    "explain": {
        "en": "I explain the finding",
        "fr": "J’explique la constatation",
        "es": "Explico la constatación",
        "ar": "أوضح ملابسات الاستنتاج",
    },
    "grant": {"en": "Grant", "fr": "Accorder", "es": "Conceder", "ar": "منح الاستثناء"},
    "overturn": {
        "en": "Overturn the refusal",
        "fr": "Annuler le refus",
        "es": "Revocar la denegación",
        "ar": "إلغاء الرفض",
    },
    "refuse_exception": {"en": "Refuse", "fr": "Refuser", "es": "Denegar", "ar": "رفض الطلب"},
    "send_back": {
        "en": "Send it back",
        "fr": "Renvoyer",
        "es": "Devolver",
        "ar": "الإعادة إلى مقدمها",
    },
    "sign": {"en": "Sign", "fr": "Signer", "es": "Firmar", "ar": "التوقيع"},
    "uphold": {
        "en": "The refusal stands",
        "fr": "Le refus est maintenu",
        "es": "La denegación se mantiene",
        "ar": "يبقى الرفض قائما",
    },
}
TEXTS: Mapping[str, Words] = {
    "check": {"en": "Check", "fr": "Vérification", "es": "Verificación", "ar": "التحري"},
    "declaration": {"en": "Declaration", "fr": "Déclaration", "es": "Declaración", "ar": "الإقرار"},
    "declaration_text": {"en": "I declare", "fr": "Je déclare", "es": "Declaro", "ar": "أقر"},
    "conditions": {"en": "Conditions", "fr": "Conditions", "es": "Condiciones", "ar": "الشروط"},
    "finding": {"en": "Finding", "fr": "Constat", "es": "Constatación", "ar": "الاستنتاج"},
    "reason": {"en": "Reason", "fr": "Motif", "es": "Motivo", "ar": "السبب"},
    "comment": {
        "en": "The candidate's comment",
        "fr": "Observations de la personne candidate",
        "es": "Observaciones de la persona candidata",
        "ar": "ملاحظات المرشح",
    },
    "request": {
        "en": "Request for review",
        "fr": "Demande de réexamen",
        "es": "Solicitud de reconsideración",
        "ar": "طلب إعادة النظر",
    },
}


def filled(words: Words, **facts: Mapping[str, str] | str) -> dict[str, str]:
    """A question with its facts, each in the question's own language."""
    return {
        language: text.format_map(
            {
                name: fact if isinstance(fact, str) else fact.get(language) or fact.get("en", "")
                for name, fact in facts.items()
            }
        )
        for language, text in words.items()
    }


def positions(*keys: str, needs_text: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Positions as a rule holds them; some need words."""
    return [{"key": key, "needs_text": key in needs_text} for key in keys]


def titles(*keys: str) -> dict[str, dict[str, str]]:
    """What these positions are called."""
    return {key: dict(TITLES[key]) for key in keys}
