"""The headings of our own template in the languages of the resumes that we read. Knows no layout."""

from services.job_ads.language import detect_language

_SECTIONS = (
    "professional_summary",
    "experience",
    "education",
    "skills",
    "projects",
    "certifications",
)
_TITLES = {
    "en": "Summary; Experience; Education; Skills; Projects; Certifications",
    "de": "Profil; Berufserfahrung; Ausbildung; Kenntnisse; Projekte; Zertifikate",
    "fr": "Profil; Expérience; Formation; Compétences; Projets; Certifications",
    "es": "Perfil; Experiencia; Formación; Competencias; Proyectos; Certificaciones",
    "pt": "Perfil; Experiência; Formação; Competências; Projetos; Certificações",
    "it": "Profilo; Esperienza; Istruzione; Competenze; Progetti; Certificazioni",
    "nl": "Profiel; Werkervaring; Opleiding; Vaardigheden; Projecten; Certificaten",
    "sv": "Profil; Arbetslivserfarenhet; Utbildning; Kompetenser; Projekt; Certifikat",
    "da": "Profil; Erhvervserfaring; Uddannelse; Kompetencer; Projekter; Certifikater",
    "pl": "Profil; Doświadczenie; Wykształcenie; Umiejętności; Projekty; Certyfikaty",
    "ru": "О себе; Опыт работы; Образование; Навыки; Проекты; Сертификаты",
    "el": "Προφίλ; Εμπειρία; Εκπαίδευση; Δεξιότητες; Έργα; Πιστοποιήσεις",
    "ja": "要約; 職務経歴; 学歴; スキル; プロジェクト; 資格",
    "zh": "个人简介; 工作经历; 教育背景; 专业技能; 项目经历; 证书",
    "ko": "소개; 경력; 학력; 기술; 프로젝트; 자격증",
    "ar": "نبذة; الخبرة; التعليم; المهارات; المشاريع; الشهادات",
    "he": "תמצית; ניסיון; השכלה; כישורים; פרויקטים; הסמכות",
    "hi": "परिचय; अनुभव; शिक्षा; कौशल; परियोजनाएँ; प्रमाणपत्र",
}


def titles_for(text: str) -> dict[str, str]:
    """The heading of each section in the language of the text."""
    titles = _TITLES.get(detect_language(text), _TITLES["en"])
    return dict(zip(_SECTIONS, titles.split("; "), strict=True))
