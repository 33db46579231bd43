"""Section headings of resumes in the languages we read, and what kind of section each opens. Knows no layout."""

import re
from typing import Literal

from services.resume_language.folding import fold

SectionKind = Literal[
    "contact", "summary", "experience", "education", "skills", "projects", "certifications", "custom", "title"
]
"""`title` is the document's own title (Curriculum Vitae), `custom` a section the schema has no field for."""

_PHRASES: dict[SectionKind, str] = {
    "title": """
        curriculum vitae; resume; cv; lebenslauf; bewerbung; tabellarischer lebenslauf; curriculo; hoja de vida; curriculum;
        meritforteckning; 履歴書; 職務経歴書; 简历; 個人简历; 个人简历; 履歷表; 履歷; europass; europass curriculum vitae;
        mon cv; currículum; my resume; professional resume
    """,
    "contact": """
        contact; contacts; contact details; contact information; contact info; contact me; personal details; get in touch;
        personal information; personal info; personal data; personal; details; kontakt; kontaktdaten; kontaktinformationen;
        personliche daten; personliche angaben; personalien; zur person; coordonnees; informations personnelles;
        etat civil; contacto; datos personales; datos de contacto; informacion personal; informacion de contacto; contato;
        dados pessoais; informacoes pessoais; dados de contato; contatti; dati personali; informazioni personali;
        informazioni di contatto; recapiti; contactgegevens; persoonlijke gegevens; personalia; personuppgifter;
        kontaktuppgifter; links; social; social links; profiles; online; web; address; socials; find me online; liens;
        連絡先; 個人情報; 基本情報; 联系方式; 个人信息; 基本信息; 基本资料; 個人資料; 聯絡方式; 联系信息; 连络先
    """,
    "summary": """
        summary; profile; about; about me; objective; professional summary; executive summary; career summary;
        career objective; personal statement; professional profile; personal profile; career profile; overview; bio;
        summary of qualifications; qualifications summary; career overview; professional overview; introduction; who i am;
        professional statement; profile summary; personal summary; job objective; career goal; career goals; goal; goals;
        statement; headline; highlights; career highlights; professional objective; biography; summary statement; in short;
        profil; kurzprofil; uber mich; zusammenfassung; berufsprofil; berufliches profil; personliches profil; ziel;
        berufsziel; kurzvorstellung; resume professionnel; a propos; a propos de moi; profil professionnel; objectif;
        objectif professionnel; presentation; synthese; accroche; perfil; perfil profesional; resumen; resumen profesional;
        objetivo; objetivo profesional; sobre mi; extracto; presentacion; acerca de mi; perfil personal; perfil profissional;
        resumo; resumo profissional; objetivo profissional; sobre mim; sobre; profilo; profilo professionale; chi sono;
        profilo personale; obiettivo; obiettivo professionale; sintesi; sommario; profiel; over mij; samenvatting;
        persoonlijk profiel; professioneel profiel; om mig; sammanfattning; personlig profil; mal; profil i korthet;
        自己pr; 自己紹介; 職務要約; 要約; 志望動機; 概要; 职业概要; 个人简介; 自我评价; 个人总结; 求职意向; 自我介绍; 個人簡介; 自我評價;
        自傳; 职业目标; 个人概述; 個人概要; プロフィール; 职业总结
    """,
    "experience": """
        experience; work experience; professional experience; employment; employment history; work history; career history;
        career; job history; jobs; positions; relevant experience; professional background; work; internships; internship;
        internship experience; related experience; industry experience; industrial experience; teaching experience;
        research experience; clinical experience; research; professional history; volunteer experience; experiences;
        professional experiences; work background; career experience; employment experience; military experience;
        military service; professional employment; selected experience; additional experience; other experience;
        previous experience; earlier experience; other work experience; experience and projects; leadership experience;
        professional and academic experience; academic experience; experience highlights; key experience; practical experience;
        where i ve worked; career path; appointments; academic appointments; positions held; work and experience; consulting;
        consulting experience; freelance experience; entrepreneurial experience; experience summary; assignments;
        berufserfahrung; berufliche erfahrung; berufspraxis; beruflicher werdegang; werdegang; arbeitserfahrung; praktika;
        praktikum; berufstatigkeit; praktische erfahrung; praktische erfahrungen; beruflicher hintergrund; erfahrung;
        berufserfahrungen; erfahrungen; berufliche stationen; beschaftigung; nebentatigkeiten; nebentatigkeit; berufsweg;
        berufliche tatigkeit; berufspraktische erfahrung; karriere; laufbahn; berufliche laufbahn;
        experience professionnelle; experiences professionnelles; parcours professionnel; parcours; stages; emplois;
        experiences; stage; activites professionnelles; experiencia; experiencia laboral; experiencia profesional;
        historial laboral; trayectoria profesional; trayectoria laboral; practicas; trayectoria; empleo; empleos;
        experiencia de trabajo; antecedentes laborales; experiencia profissional; experiencias profissionais; estagios;
        historico profissional; trajetoria profissional; percurso profissional; experiencias; esperienza;
        esperienza lavorativa; esperienza professionale; esperienze lavorative; esperienze professionali; esperienze;
        tirocini; percorso professionale; carriera; werkervaring; ervaring; professionele ervaring; arbeidsverleden; loopbaan;
        stages en werkervaring; beroepservaring; erfarenhet; arbetslivserfarenhet; yrkeserfarenhet; anstallningar;
        tidigare anstallningar; arbetserfarenhet; praktik; erhvervserfaring; arbeidserfaring; yrkeserfaring; erfaring;
        tyokokemus; doswiadczenie; doswiadczenie zawodowe; pracovni zkusenosti; опыт работы; опыт; is deneyimi;
        職歴; 職務経歴; 経歴; 職務内容; 実務経験; 工作经历; 工作经验; 实习经历; 工作經歷; 工作經驗; 职业经历; 經歷; 实践经历; 職務履歴; 社会经历
    """,
    "education": """
        education; academic background; educational background; academic qualifications; qualifications; academics; studies;
        education and training; academic history; education history; educational qualifications; academic credentials; schooling;
        academic; academic profile; education and certifications; education qualifications; university; degrees; degree;
        formal education; scholastic record; education background; education details; academic details; academic record;
        educational qualification; academic qualification; educational details; education and qualifications; educations;
        ausbildung; bildung; schulbildung; studium; bildungsweg; schulische ausbildung; akademischer werdegang; schule;
        akademische ausbildung; bildungsgang; hochschulbildung; ausbildung und studium; studium und ausbildung; hochschule;
        schulische laufbahn; aus und weiterbildung; berufsausbildung; akademischer hintergrund; schulischer werdegang;
        ausbildungsweg; universitare ausbildung; formation; formations; etudes; diplomes; parcours academique;
        formation academique; parcours scolaire; formation initiale; cursus; scolarite; etudes et diplomes; formations et diplomes;
        diplomes et formations; formation et diplomes; cursus universitaire; educacion; formacion; formacion academica; estudios;
        educacion y formacion; preparacion academica; estudios realizados; titulacion; formacion educativa; historial academico;
        educacao; formacao; formacao academica; escolaridade; estudos; formacao escolar; educacao e formacao;
        habilitacoes academicas; istruzione; formazione; istruzione e formazione; studi; titoli di studio; percorso di studi;
        percorso formativo; formazione accademica; educazione; opleiding; opleidingen; onderwijs; opleiding en training; studie;
        scholing; utbildning; utbildningar; studier; akademisk utbildning; uddannelse; utdanning; utdannelse; koulutus;
        wyksztalcenie; edukacja; vzdelani; образование; egitim; 学歴; 教育经历; 教育背景; 学历; 教育; 學歷; 教育程度; 教育情況; 教育經歷;
        学习经历; 最終学歴; 学業; 学历背景
    """,
    "skills": """
        skills; technical skills; core skills; key skills; top skills; core competencies; competencies; expertise; technologies;
        areas of expertise; technical expertise; technical proficiencies; proficiencies; skill set; skillset; skills summary;
        professional skills; soft skills; hard skills; computer skills; it skills; tools; tools and technologies; tech stack;
        technical summary; programming languages; skills and tools; skills and technologies; technical competencies; abilities;
        skills and abilities; skills and expertise; relevant skills; strengths and skills; key competencies; specialties;
        specialities; specializations; technology; technical knowledge; software; software skills; programming; capabilities;
        core strengths; areas of strength; skill highlights; key skills and competencies; knowledge; clinical skills; stack;
        professional competencies; additional skills; other skills; transferable skills; skills overview; core qualifications;
        core technologies; technical profile; technical stack; programming skills; software proficiency; skills matrix;
        industry knowledge; skills and competencies; technical environment; digital skills; core expertise; main skills;
        selected skills; management skills; interpersonal skills; personal skills; business skills; lab skills; technical toolkit;
        laboratory skills; design skills; office skills; organizational skills; communication skills; functional skills;
        kenntnisse; fahigkeiten; kompetenzen; fachkenntnisse; edv kenntnisse; it kenntnisse; technische kenntnisse; skills profil;
        fertigkeiten; kenntnisse und fahigkeiten; fahigkeiten und kenntnisse; besondere kenntnisse; qualifikationen;
        schlusselqualifikationen; fachkompetenzen; technologien; programmierkenntnisse; computerkenntnisse; softwarekenntnisse;
        weitere kenntnisse; it skills; fachliche kompetenzen; methodenkompetenz; soziale kompetenzen; kernkompetenzen;
        werkzeuge; expertise; wissen und konnen; competences; competence; competences techniques; competences cles; savoir faire;
        competences professionnelles; competences informatiques; informatique; savoir etre; aptitudes; logiciels; outils;
        connaissances; competences personnelles; atouts; outils et technologies; competencias; habilidades; aptitudes;
        habilidades tecnicas; conocimientos; competencias tecnicas; conocimientos tecnicos; conocimientos informaticos; destrezas;
        habilidades y competencias; competencias clave; informatica; habilidades profesionales; herramientas; capacidades;
        competencias profesionales; conhecimentos; habilidades e competencias; competencias e habilidades; conhecimentos tecnicos;
        qualificacoes; competencias profissionais; ferramentas; competenze; competenze tecniche; capacita; abilita; conoscenze;
        competenze informatiche; capacita e competenze; competenze professionali; competenze digitali; conoscenze informatiche;
        capacita e competenze tecniche; competenze chiave; competenze trasversali; vaardigheden; competenties; kennis;
        computervaardigheden; technische vaardigheden; kennis en vaardigheden; computerkennis; it vaardigheden; kwaliteiten;
        kunskaper; fardigheter; kompetenser; kompetens; kompetensprofil; tekniska kunskaper; datakunskaper; it kunskaper; teknik;
        egenskaper; tekniska fardigheter; kompetencer; ferdigheter; kompetanse; taidot; osaaminen; umiejetnosci; dovednosti;
        навыки; ключевые навыки; beceriler; yetenekler; スキル; 技術スキル; 保有スキル; テクニカルスキル; 活かせる経験 知識 技術; 技能; 专业技能;
        个人技能; 技能特长; 职业技能; 技術; 專業技能; 技能專長; 专长; 技能清单; 技能证书; 能力; ツール; 语言技能; 免許 資格 スキル; 掌握技能;
        プログラミングスキル; 开发技能; 技术栈; 技术能力; core skill
    """,
    "projects": """
        projects; project; personal projects; selected projects; key projects; academic projects; project experience;
        side projects; notable projects; open source; open source projects; portfolio; project highlights; projects undertaken;
        relevant projects; technical projects; recent projects; open source contributions; projects and research; project work;
        research projects; university projects; class projects; course projects; major projects; professional projects;
        independent projects; client projects; featured projects; hackathons; hackathon projects; project portfolio; my projects;
        project details; research and projects; selected work; selected works; projekte; projekterfahrung; ausgewahlte projekte;
        eigene projekte; private projekte; projektliste; projektubersicht; projets; projets personnels; projets academiques;
        projets realises; realisations; proyectos; proyectos personales; proyectos destacados; proyectos academicos; projetos;
        projetos pessoais; projetos academicos; progetti; progetti personali; progetti accademici; projecten; projekt;
        persoonlijke projecten; egna projekt; prosjekter; projekter; projektit; projekty; проекты; projeler; プロジェクト;
        プロジェクト経験; プロジェクト経歴; 项目经历; 项目经验; 项目; 專案經歷; 專案; 作品; 個人プロジェクト; 个人项目; 制作実績; 項目經驗; ポートフォリオ;
        开源项目; 科研项目; 主要项目
    """,
    "certifications": """
        certifications; certification; certificates; certificate; licenses; licences; licensure; credentials;
        licenses and certifications; certifications and licenses; professional certifications; professional credentials;
        certifications and training; training and certifications; licenses and certificates; accreditations; professional licenses;
        courses and certifications; certifications and courses; professional certificates; certificates and licenses; licence;
        certifications licenses; technical certifications; it certifications; industry certifications; license; certs; registrations;
        professional registrations; board certifications; zertifikate; zertifizierungen; bescheinigungen; zertifizierung;
        zertifikate und weiterbildungen; weiterbildungen und zertifikate; certificats; lizenzen; lizenzen und zertifikate;
        certifications et formations; certifications professionnelles; certificaciones; certificados; titulos y certificaciones;
        cursos y certificaciones; certificaciones y cursos; licencias y certificaciones; certificacoes; certificacoes e cursos;
        cursos e certificacoes; certificazioni; certificati; attestati; certificeringen; certificaten; cursussen en certificaten;
        certifikat; certifieringar; certifiseringer; certificeringer; sertifikaatit; certyfikaty; certifikaty; сертификаты;
        sertifikalar; 資格; 免許 資格; 資格 免許; 免許; 保有資格; 取得資格; 证书; 资格证书; 資格證書; 證照; 专业证书; 职业资格; 证书与资质;
        証明書; 專業證照; 技能证书与资质; 所获证书; 認定資格; 資格 検定
    """,
    "custom": """
        languages; language; language skills; interests; hobbies; hobbies and interests; interests and hobbies; awards; honors;
        honours; honors and awards; awards and honors; achievements; accomplishments; key achievements; publications; patents;
        references; volunteering; volunteer; volunteer work; community; community service; community involvement; activities;
        extracurricular activities; extracurricular activity; extracurriculars; leadership; leadership and activities; memberships;
        affiliations; professional affiliations; professional memberships; training; trainings; courses; coursework; presentations;
        relevant coursework; presentation; talks; invited talks; conferences; speaking; writing; program committees; teaching;
        scholarships; grants; fellowships; professional development; additional information; other information; miscellaneous;
        other; strengths; focus areas; selected honors; personal interests; distinctions; recognition; awards and recognition;
        awards and achievements; selected publications; languages and interests; spoken languages; availability; additional;
        workshops; workshops and training; continuing education; military; visa status; work authorization; declaration;
        extra curricular activities; co curricular activities; personal traits; personality; philosophy; my life philosophy; quotes;
        most proud of; a day of my life; passions; test scores; standardized tests; exhibitions; performances; clearance;
        security clearance; driving licence; driver s license; service; academic service; mentoring; supervision; media; press;
        selected talks; selected awards; seminars; societies; organizations; clubs; civic engagement; outreach; travel; sports;
        board memberships; advisory roles; personal details and interests; key accomplishments; professional achievements;
        academic achievements; awards honors; languages spoken; foreign languages; letters of recommendation; recommendations;
        sprachen; sprachkenntnisse; interessen; hobbys; hobbies und interessen; auszeichnungen; ehrenamt; referenzen; sonstiges;
        weiterbildung; weiterbildungen; fortbildungen; fortbildung; veroffentlichungen; publikationen; ehrenamtliches engagement;
        engagement; auslandsaufenthalte; preise; stipendien; mitgliedschaften; fuhrerschein; wehrdienst; zivildienst; schulungen;
        wehr und zivildienst; preise und auszeichnungen; auslandserfahrung; kurse; vortrage; patente; starken; erfolge;
        interessen und hobbys; zusatzqualifikationen; weitere qualifikationen; weitere informationen; freizeit; lehre; familienstand;
        langues; langue; centres d interet; centre d interet; loisirs; interets; benevolat; distinctions; references; prix;
        publications; activites; divers; engagements; engagement associatif; vie associative; activites extra professionnelles;
        recompenses; permis; idiomas; intereses; aficiones; premios; voluntariado; referencias; publicaciones; otros datos; logros;
        otros; cursos; otros datos de interes; reconocimientos; actividades; informacion adicional; premios y reconocimientos;
        formacion complementaria; formacion continua; lenguas; datos de interes; idioma; interesses; informacoes adicionais; premiacoes;
        premios; trabalho voluntario; publicacoes; hobbies e interesses; conquistas; outras informacoes; atividades; cursos complementares;
        formacao complementar; lingue; lingue straniere; interessi; hobby; volontariato; premi; pubblicazioni; riconoscimenti;
        patente; patente di guida; altro; referenze; corsi; corsi di formazione; competenze linguistiche; ulteriori informazioni;
        premi e riconoscimenti; autorizzazione; hobby e interessi; talen; talenkennis; interesses; nevenactiviteiten; vrijwilligerswerk;
        cursussen; referenties; overig; prijzen; publicaties; trainingen; rijbewijs; hobby s; sprak; sprakkunskaper; intressen;
        referenser; kurser; ovrigt; ideella uppdrag; utmarkelser; fritid; korkort; uppdrag; publikationer; fritidsintressen; ovriga meriter;
        sprog; interesser; kielet; harrastukset; jezyki; zainteresowania; jazyky; zajmy; языки; достижения; diller; referanslar;
        語学; 趣味; 特技; 趣味 特技; 表彰; 受賞歴; 語学力; 本人希望記入欄; 扶養家族; 通勤時間; 配偶者; 本人希望; ボランティア; 论文; 发表论文;
        语言能力; 兴趣爱好; 获奖情况; 荣誉奖项; 获奖经历; 語言能力; 兴趣; 爱好; 社团活动; 校园经历; 志愿者经历; 奖项; 荣誉; 其他; 培训经历; 語言; 语言;
        興趣; 獎項; 備考; その他; 社会活动; 出版物; 著作; 推荐人; 自己啓発; 研究業績; 言語; 奖励; 校内经历; 荣誉证书; 所获荣誉; 外语水平
    """,
}

_KINDS: dict[str, SectionKind] = {}
for _kind, _list in _PHRASES.items():
    for _phrase in _list.split(";"):
        _KINDS.setdefault(fold(_phrase), _kind)

_FILLERS = frozenset(
    """and or of the my a an in for with at und et y e en och og i de des du la le les el los las da do der die das di dei delle
    professional relevant selected key core main additional other further recent current technical academic special major
    wichtige ausgewahlte relevante weitere sonstige meine mein principales otras otros autres mes altre andere mijn mina &""".split()
)
_CHARS_OF_SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_NUMBERING = re.compile(r"^\s*(?:[IVX]{1,4}[.)]|\d{1,2}[.)]?|[A-H][.)])\s+")
_CONTINUED = re.compile(r"\s*[(（]?\b(?:continued|cont d|cont|fortsetzung|suite|continuacion)\b.*$", re.IGNORECASE)
_MAX_WORDS = 7
_MAX_NOUN_WORDS = 5
_NOUNS = frozenset(
    """experience experiences employment internships education qualifications skills competencies proficiencies projects certifications
    certificates licenses publications awards honors achievements languages interests references objective summary profile training
    volunteering memberships affiliations activities erfahrung erfahrungen werdegang ausbildung bildung kenntnisse kompetenzen fahigkeiten
    projekte zertifikate sprachen interessen auszeichnungen ervaring opleiding vaardigheden erfarenhet utbildning kunskaper""".split()
)
_LEADING_NOUNS = frozenset(
    """experience experiences formation formations competences projets certifications langues experiencia formacion educacion
    habilidades competencias proyectos idiomas certificaciones formacao experiencias conhecimentos projetos esperienza esperienze
    formazione istruzione competenze progetti lingue certificazioni""".split()
) - {"experience", "certifications"}


def heading_kind(text: str) -> SectionKind | None:
    """What section these words open when they stand as a heading; None when they are not a known heading."""
    folded = fold(_CONTINUED.sub("", _NUMBERING.sub("", text)))
    if not folded:
        return None
    known = _KINDS.get(folded)
    if known is not None:
        return known
    if _CHARS_OF_SPACELESS.search(folded) and folded.replace(" ", "") in _KINDS:
        return _KINDS[folded.replace(" ", "")]
    return _composed_kind(folded.split())


def _composed_kind(tokens: list[str]) -> SectionKind | None:
    """The kind of `Professional Experience & Internships`: known phrases joined by little words, first one leads."""
    if not 1 < len(tokens) <= _MAX_WORDS:
        return None
    found: list[SectionKind] = []
    position = 0
    while position < len(tokens):
        for length in range(min(4, len(tokens) - position), 0, -1):
            kind = _KINDS.get(" ".join(tokens[position : position + length]))
            if kind is not None and kind != "title":
                found.append(kind)
                position += length
                break
        else:
            if tokens[position] not in _FILLERS:
                return None
            position += 1
    return next((kind for kind in found if kind != "custom"), found[0] if found else None)


def heading_kind_by_noun(text: str) -> SectionKind | None:
    """The kind of an unknown heading by its main noun: `Nursing Experience`, `Competenze linguistiche`."""
    tokens = fold(text).split()
    if not 1 < len(tokens) <= _MAX_NOUN_WORDS:
        return None
    if tokens[-1] in _NOUNS:
        return _KINDS[tokens[-1]]
    return _KINDS[tokens[0]] if tokens[0] in _LEADING_NOUNS else None
