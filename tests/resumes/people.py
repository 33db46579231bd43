"""Resumes in many layouts and languages. `# ` is a heading, `**…**` bold, `- ` a bullet, `~` a tab, blank a gap."""

from tests.resumes.reading import Job, Resume, School

RESUMES = (
    Resume(
        "title and company on one line, separated by a pipe",
        """
        # Olivia Brandt-Hayes
        Registered Nurse
        olivia.hayes@mail.test | +1 (608) 555-0110 | Madison, WI | linkedin.com/in/oliviabh

        PROFESSIONAL SUMMARY
        Compassionate nurse with nine years in acute care. Calm in emergencies and precise in documentation.

        WORK EXPERIENCE
        **Charge Nurse | Saint Brigid Hospital | Madison, WI | Feb 2019 – Present**
        - Lead a team of 14 nurses on a 32-bed unit
        - Cut medication errors by 18 % with a double-check routine
        **Staff Nurse | Lakeview Clinic | Racine, WI | Jun 2014 – Jan 2019**
        - Cared for 6 patients a shift

        EDUCATION
        **Bachelor of Science in Nursing | Edgewater College | 2014**

        CERTIFICATIONS
        - Advanced Cardiac Life Support, American Heart Association, 2023
        - Registered Nurse License (Wisconsin)

        SKILLS
        Patient triage, IV therapy, Epic EHR, Wound care
        """,
        name="Olivia Brandt-Hayes",
        email="olivia.hayes@mail.test",
        phone="+1 (608) 555-0110",
        location="Madison, WI",
        role="Registered Nurse",
        jobs=(
            Job("Charge Nurse", "Saint Brigid Hospital", "Feb 2019", "Present", bullets=2),
            Job("Staff Nurse", "Lakeview Clinic", "Jun 2014", "Jan 2019", bullets=1),
        ),
        schools=(School("Edgewater College", "Bachelor of Science in Nursing"),),
        skills=("Patient triage", "IV therapy", "Epic EHR", "Wound care"),
        certifications=("Advanced Cardiac Life Support", "Registered Nurse License (Wisconsin)"),
    ),
    Resume(
        "company first, title below, dates at the right",
        """
        # MATEO FUENTES
        Portland, OR • (503) 555-0199 • mateo@fuentes.test

        # EXPERIENCE
        **Harbor & Pine Coffee Roasters**~Portland, OR
        Head Barista~March 2021 - Present
        - Trained eleven new baristas
        - Ran the weekend market stall
        **The Copper Kettle**~Salem, OR
        Shift Supervisor~August 2018 - February 2021
        - Closed the register and scheduled shifts

        # EDUCATION
        **Chemeketa Community College**~Salem, OR
        Associate of Arts~2018

        # SKILLS
        Languages: English, Spanish
        Service: Latte art, Inventory, Cash handling
        """,
        name="MATEO FUENTES",
        email="mateo@fuentes.test",
        phone="(503) 555-0199",
        location="Portland, OR",
        jobs=(
            Job("Head Barista", "Harbor & Pine Coffee Roasters", "March 2021", "Present", bullets=2),
            Job("Shift Supervisor", "The Copper Kettle", "August 2018", "February 2021", bullets=1),
        ),
        schools=(School("Chemeketa Community College", "Associate of Arts"),),
        skills=("Latte art", "Inventory", "Cash handling"),
    ),
    Resume(
        "German, dates first",
        """
        Lebenslauf

        # Katharina Vogelsang
        Anschrift: Lindenstraße 14, 50674 Köln
        Telefon: 0221 / 555 01 23
        E-Mail: k.vogelsang@post.test
        Geburtsdatum: 03.05.1988

        # Berufserfahrung
        04/2018 – heute~**Projektleiterin**, Rheinwerk Maschinenbau GmbH, Köln
        - Leitung eines Teams von acht Ingenieuren
        - Einführung eines neuen Planungswerkzeugs
        09/2013 – 03/2018~**Konstrukteurin**, Brandt & Söhne KG, Bonn
        - Entwicklung von Spritzgusswerkzeugen

        # Ausbildung
        10/2008 – 08/2013~Diplom-Ingenieurin Maschinenbau, RWTH Aachen
        1999 – 2008~Abitur, Goethe-Gymnasium Köln

        # Kenntnisse
        - CAD: CATIA V5, SolidWorks
        - Programmierung: Python, Matlab

        # Sprachen
        Deutsch (Muttersprache), Englisch (verhandlungssicher)
        """,
        name="Katharina Vogelsang",
        email="k.vogelsang@post.test",
        phone="0221 / 555 01 23",
        location="Lindenstraße 14, 50674 Köln",
        jobs=(
            Job("Projektleiterin", "Rheinwerk Maschinenbau GmbH", "04/2018", "heute", bullets=2),
            Job("Konstrukteurin", "Brandt & Söhne KG", "09/2013", "03/2018", bullets=1),
        ),
        schools=(
            School("RWTH Aachen", "Diplom-Ingenieurin Maschinenbau"),
            School("Goethe-Gymnasium Köln", "Abitur"),
        ),
        skills=("CATIA V5", "SolidWorks", "Python", "Matlab"),
        kept=("Geburtsdatum: 03.05.1988", "Deutsch (Muttersprache), Englisch (verhandlungssicher)"),
    ),
    Resume(
        "French, accents and à between dates",
        """
        # Élodie Marchand
        Chargée de communication
        12 rue des Tanneurs, 69007 Lyon
        06 12 34 56 78 – elodie.marchand@courriel.test

        PROFIL
        Communicante polyvalente, huit ans d'expérience dans le secteur associatif.

        EXPÉRIENCE PROFESSIONNELLE
        **Chargée de communication** – Association Les Tisserands, Lyon
        Septembre 2017 à aujourd'hui
        - Refonte du site et de la lettre d'information
        - Organisation de 12 événements par an
        **Assistante marketing** – Groupe Delmas SA, Grenoble
        Janvier 2015 – Août 2017
        - Suivi des campagnes d'affichage

        FORMATION
        Master Communication des organisations, Université Lumière Lyon 2
        2012 – 2014
        Licence Information et communication, Université Grenoble Alpes
        2009 – 2012

        COMPÉTENCES
        WordPress, InDesign, Community management, Rédaction

        CENTRES D'INTÉRÊT
        Randonnée, céramique
        """,
        name="Élodie Marchand",
        email="elodie.marchand@courriel.test",
        phone="06 12 34 56 78",
        location="12 rue des Tanneurs, 69007 Lyon",
        role="Chargée de communication",
        jobs=(
            Job("Chargée de communication", "Association Les Tisserands", "Septembre 2017", "aujourd'hui", bullets=2),
            Job("Assistante marketing", "Groupe Delmas SA", "Janvier 2015", "Août 2017", bullets=1),
        ),
        schools=(
            School("Université Lumière Lyon 2", "Master Communication des organisations"),
            School("Université Grenoble Alpes", "Licence Information et communication"),
        ),
        skills=("WordPress", "InDesign", "Community management", "Rédaction"),
        kept=("Randonnée, céramique",),
    ),
    Resume(
        "Spanish, company and title on two lines under the dates",
        """
        **CURRÍCULUM VITAE**

        **Ignacio Belmonte Ruiz**
        Teléfono: +34 600 555 012 · Correo: ibelmonte@correo.test · Valencia, España

        **Experiencia laboral**
        2019 - Actualidad
        Técnico de mantenimiento
        Cerámicas del Turia S.L.
        - Mantenimiento preventivo de hornos
        2015 - 2019
        Electricista
        Instalaciones Moreno
        - Montaje de cuadros eléctricos

        **Formación académica**
        2013 - 2015
        Grado Superior en Sistemas Electrotécnicos
        IES La Marxadella

        **Idiomas**
        Español nativo, Inglés B1

        **Habilidades**
        - Autómatas Siemens
        - Soldadura
        """,
        name="Ignacio Belmonte Ruiz",
        email="ibelmonte@correo.test",
        phone="+34 600 555 012",
        location="Valencia, España",
        jobs=(
            Job("Técnico de mantenimiento", "Cerámicas del Turia S.L.", "2019", "Actualidad", bullets=1),
            Job("Electricista", "Instalaciones Moreno", "2015", "2019", bullets=1),
        ),
        schools=(School("IES La Marxadella", "Grado Superior en Sistemas Electrotécnicos"),),
        skills=("Autómatas Siemens", "Soldadura"),
        kept=("Español nativo, Inglés B1",),
    ),
    Resume(
        "several roles under one employer",
        """
        # Tomasz Lindqvist
        tomasz@lindqvist.test · +46 70 555 01 44 · Göteborg, Sweden

        ## Experience
        **Northern Grid Software AB**~2015 – Present
        **Engineering Manager**~2020 – Present
        - Manage three teams
        **Senior Developer**~2017 – 2020
        - Rewrote the billing engine
        **Developer**~2015 – 2017
        - Maintained the reporting module

        **Kestrel Consulting**~2012 – 2015
        **Junior Consultant**~2012 – 2015
        - Built dashboards for two retail clients

        ## Education
        MSc Computer Science, Chalmers University of Technology, 2010 – 2012

        ## Skills
        C#, SQL Server, Azure
        """,
        name="Tomasz Lindqvist",
        email="tomasz@lindqvist.test",
        phone="+46 70 555 01 44",
        location="Göteborg, Sweden",
        jobs=(
            Job("Engineering Manager", "Northern Grid Software AB", "2020", "Present", bullets=1),
            Job("Senior Developer", "Northern Grid Software AB", "2017", "2020", bullets=1),
            Job("Developer", "Northern Grid Software AB", "2015", "2017", bullets=1),
            Job("Junior Consultant", "Kestrel Consulting", "2012", "2015", bullets=1),
        ),
        schools=(School("Chalmers University of Technology", "MSc Computer Science"),),
        skills=("C#", "SQL Server", "Azure"),
    ),
    Resume(
        "jobs without dates",
        """
        # Beatrix Okonkwo
        beatrix.okonkwo@mail.test, 020 7946 0321, London, UK

        # Experience
        **Event Coordinator, Halcyon Venues**
        - Planned 40 weddings a year
        - Negotiated with suppliers
        **Front Desk Receptionist, Hotel Meridian Court**
        - Checked in up to 90 guests a day

        # Education
        BA Hospitality Management, University of West London

        # Skills
        Budgeting; Opera PMS; Conflict resolution
        """,
        name="Beatrix Okonkwo",
        email="beatrix.okonkwo@mail.test",
        phone="020 7946 0321",
        location="London, UK",
        jobs=(
            Job("Event Coordinator", "Halcyon Venues", "", "", bullets=2),
            Job("Front Desk Receptionist", "Hotel Meridian Court", "", "", bullets=1),
        ),
        schools=(School("University of West London", "BA Hospitality Management"),),
        skills=("Budgeting", "Opera PMS", "Conflict resolution"),
    ),
    Resume(
        "no headings at all",
        """
        **Rashid Al-Amin**
        rashid.alamin@mail.test
        (313) 555-0166
        Detroit, MI

        Dependable delivery driver with a clean record and twelve years on the road in all weather.

        **Delivery Driver, Great Lakes Parcel Inc.**
        May 2016 - Present
        - Deliver 120 parcels a day
        - Trained four new drivers

        **Warehouse Associate, Midtown Storage LLC**
        2011 - 2016
        - Loaded trucks and kept the stock list

        Cass Technical High School
        High School Diploma, 2010

        Forklift licence, Route planning, Customer service, Spanish
        """,
        name="Rashid Al-Amin",
        email="rashid.alamin@mail.test",
        phone="(313) 555-0166",
        location="Detroit, MI",
        jobs=(
            Job("Delivery Driver", "Great Lakes Parcel Inc.", "May 2016", "Present", bullets=2),
            Job("Warehouse Associate", "Midtown Storage LLC", "2011", "2016", bullets=1),
        ),
        schools=(School("Cass Technical High School", "High School Diploma"),),
        skills=("Forklift licence", "Route planning", "Customer service", "Spanish"),
    ),
    Resume(
        "labels in a rail",
        """
        # WINIFRED ASHDOWN
        wini@ashdown.test | 555-010-2233 | Bristol, UK

        Summary~Primary teacher who makes fractions fun.

        Experience~Class Teacher, Oakfield Primary School~Sep 2018 - Present
        - Taught year 4 for six years
        Teaching Assistant, Saint Anne's School~Sep 2016 - Jul 2018
        - Supported children with special needs

        Education~PGCE Primary, University of Bristol~2017 - 2018

        Key~Phonics~Safeguarding~Behaviour management
        Skills~Google Classroom~First aid
        """,
        name="WINIFRED ASHDOWN",
        email="wini@ashdown.test",
        phone="555-010-2233",
        location="Bristol, UK",
        jobs=(
            Job("Class Teacher", "Oakfield Primary School", "Sep 2018", "Present", bullets=1),
            Job("Teaching Assistant", "Saint Anne's School", "Sep 2016", "Jul 2018", bullets=1),
        ),
        schools=(School("University of Bristol", "PGCE Primary"),),
        skills=("Phonics", "Safeguarding", "Behaviour management", "Google Classroom", "First aid"),
    ),
    Resume(
        "Japanese",
        """
        職務経歴書

        氏名：高橋 陽菜
        住所：東京都世田谷区桜新町1-2-3
        電話：090-5555-0134
        メール：hina.takahashi@mail.test

        # 職務要約
        ウェブサービスの開発に7年間従事し、決済基盤の設計と運用を担当してきました。

        # 職務経歴
        2019年4月～現在
        株式会社あおぞらペイ
        バックエンドエンジニア
        - 決済APIの設計と開発
        - チーム4名のリーダー
        2016年4月～2019年3月
        みどりソフト株式会社
        プログラマー
        - 在庫管理システムの保守

        # 学歴
        2012年4月～2016年3月
        北山大学 工学部

        # スキル
        Java、Kotlin、AWS、PostgreSQL
        """,
        name="高橋 陽菜",
        email="hina.takahashi@mail.test",
        phone="090-5555-0134",
        location="東京都世田谷区桜新町1-2-3",
        jobs=(
            Job("バックエンドエンジニア", "株式会社あおぞらペイ", "2019年4月", "現在", bullets=2),
            Job("プログラマー", "みどりソフト株式会社", "2016年4月", "2019年3月", bullets=1),
        ),
        schools=(School("北山大学", "工学部"),),
        skills=("Java", "Kotlin", "AWS", "PostgreSQL"),
    ),
    Resume(
        "Italian, one line for each job",
        """
        # Giulia Ferraresi
        Grafica pubblicitaria
        giulia@ferraresi.test - 333 555 0178 - Bologna, Italia

        # Esperienze lavorative
        Grafica, Studio Quadrante S.r.l., 2018 - oggi
        - Identità visive per piccole imprese
        Stagista, Tipografia Bassi, 2017 - 2018
        - Impaginazione di cataloghi

        # Istruzione
        Laurea in Design della comunicazione, Accademia di Belle Arti di Bologna, 2014 - 2017

        # Competenze
        Illustrator • Figma • Fotografia

        # Lingue
        Italiano, Inglese C1
        """,
        name="Giulia Ferraresi",
        email="giulia@ferraresi.test",
        phone="333 555 0178",
        location="Bologna, Italia",
        role="Grafica pubblicitaria",
        jobs=(
            Job("Grafica", "Studio Quadrante S.r.l.", "2018", "oggi", bullets=1),
            Job("Stagista", "Tipografia Bassi", "2017", "2018", bullets=1),
        ),
        schools=(School("Accademia di Belle Arti di Bologna", "Laurea in Design della comunicazione"),),
        skills=("Illustrator", "Figma", "Fotografia"),
    ),
    Resume(
        "Portuguese",
        """
        # Renata Cavalcanti
        São Paulo, SP | (11) 95555-0123 | renata.c@correio.test

        # Objetivo
        Atuar como analista financeira em empresa de médio porte.

        # Experiência profissional
        **Analista Financeira**
        Banco Horizonte | Jan 2020 – Atual
        - Elaboração de relatórios mensais
        **Assistente Administrativa**
        Clínica Vida Nova Ltda | Mar 2016 – Dez 2019
        - Atendimento e faturamento

        # Formação
        **Bacharelado em Ciências Contábeis**
        Universidade Federal do ABC | 2012 – 2016

        # Habilidades
        - Excel avançado
        - SAP
        - Power BI
        """,
        name="Renata Cavalcanti",
        email="renata.c@correio.test",
        phone="(11) 95555-0123",
        location="São Paulo, SP",
        jobs=(
            Job("Analista Financeira", "Banco Horizonte", "Jan 2020", "Atual", bullets=1),
            Job("Assistente Administrativa", "Clínica Vida Nova Ltda", "Mar 2016", "Dez 2019", bullets=1),
        ),
        schools=(School("Universidade Federal do ABC", "Bacharelado em Ciências Contábeis"),),
        skills=("Excel avançado", "SAP", "Power BI"),
    ),
    Resume(
        "Dutch, at the top the address over two lines",
        """
        # Joost van der Meulen
        Prinsengracht 212
        1016 HD Amsterdam
        Mobiel: +31 6 5555 0188
        joost@vandermeulen.test

        # Werkervaring
        **Accountmanager** bij Waterweg Logistiek B.V., Rotterdam
        mei 2019 – heden
        - Beheer van 35 klanten
        **Verkoopmedewerker** bij Fietsen De Boer, Utrecht
        2016 – 2019
        - Advies en verkoop

        # Opleiding
        HBO Commerciële Economie, Hogeschool Utrecht, 2012 – 2016

        # Vaardigheden
        Salesforce, Onderhandelen, Presenteren
        """,
        name="Joost van der Meulen",
        email="joost@vandermeulen.test",
        phone="+31 6 5555 0188",
        location="Prinsengracht 212 1016 HD Amsterdam",
        jobs=(
            Job("Accountmanager", "Waterweg Logistiek B.V.", "mei 2019", "heden", bullets=1),
            Job("Verkoopmedewerker", "Fietsen De Boer", "2016", "2019", bullets=1),
        ),
        schools=(School("Hogeschool Utrecht", "HBO Commerciële Economie"),),
        skills=("Salesforce", "Onderhandelen", "Presenteren"),
    ),
    Resume(
        "Swedish",
        """
        # Ebba Sandström
        Undersköterska
        ebba.sandstrom@epost.test | 070-555 01 99 | Uppsala

        # Arbetslivserfarenhet
        Undersköterska, Region Uppsala
        2018 – pågående
        - Omvårdnad på medicinavdelning
        Butikssäljare, Höglunds Mode AB
        2015 – 2018
        - Kassa och lager

        # Utbildning
        Vård- och omsorgsprogrammet, Celsiusskolan
        2012 – 2015

        # Språk
        Svenska, engelska
        """,
        name="Ebba Sandström",
        email="ebba.sandstrom@epost.test",
        phone="070-555 01 99",
        location="Uppsala",
        role="Undersköterska",
        jobs=(
            Job("Undersköterska", "Region Uppsala", "2018", "pågående", bullets=1),
            Job("Butikssäljare", "Höglunds Mode AB", "2015", "2018", bullets=1),
        ),
        schools=(School("Celsiusskolan", "Vård- och omsorgsprogrammet"),),
        kept=("Svenska, engelska",),
    ),
    Resume(
        "Chinese",
        """
        # 个人简历
        姓名：林子涵
        电话：138 5555 0142
        邮箱：zihan.lin@mail.test

        # 工作经历
        2020.03 - 至今~星河科技有限公司~前端工程师
        - 负责商城页面开发
        2017.07 - 2020.02~云帆软件有限公司~软件工程师
        - 维护订单系统

        # 教育背景
        2013.09 - 2017.06~江南大学~计算机科学与技术~本科

        # 专业技能
        Vue、TypeScript、Node.js
        """,
        name="林子涵",
        email="zihan.lin@mail.test",
        phone="138 5555 0142",
        jobs=(
            Job("前端工程师", "星河科技有限公司", "2020.03", "至今", bullets=1),
            Job("软件工程师", "云帆软件有限公司", "2017.07", "2020.02", bullets=1),
        ),
        schools=(School("江南大学", "本科"),),
        skills=("Vue", "TypeScript", "Node.js"),
    ),
    Resume(
        "a mononym, the name not on the first line",
        """
        Curriculum Vitae
        # Suharto
        Web Designer
        suharto@mail.test | +62 812 5555 0177 | Jakarta, Indonesia

        # Employment History
        Web Designer @ Kopi Digital (Jan 2020 - Present)
        - Redesigned the shop
        Freelance Illustrator (2017 - 2019)
        - Children's books

        # Academic Background
        Institut Teknologi Bandung
        Bachelor of Visual Communication Design (2013 - 2017)

        # Core Competencies
        Figma | Webflow | Illustration
        """,
        name="Suharto",
        email="suharto@mail.test",
        phone="+62 812 5555 0177",
        location="Jakarta, Indonesia",
        role="Web Designer",
        jobs=(
            Job("Web Designer", "Kopi Digital", "Jan 2020", "Present", bullets=1),
            Job("Freelance Illustrator", "", "2017", "2019", bullets=1),
        ),
        schools=(School("Institut Teknologi Bandung", "Bachelor of Visual Communication Design"),),
        skills=("Figma", "Webflow", "Illustration"),
    ),
    Resume(
        "projects, inline headings and prose jobs",
        """
        **Priyanka Deshmukh, PMP**
        Email: priyanka.d@mail.test
        Mobile: +91-98765 43210
        Location: Pune, Maharashtra, India
        GitHub: github.com/priyankad

        Summary: Delivery manager for embedded systems with a background in firmware.

        # Professional Experience
        Delivery Manager, Vyoma Embedded Pvt. Ltd. (June 2019 to Present)
        Responsible for the delivery of three product lines and a budget of 2M USD.
        Introduced weekly demos which shortened feedback from months to days.

        Firmware Engineer, Tarang Devices (July 2013 to May 2019)
        Wrote drivers for sensors and a bootloader used in 40,000 devices.

        # Projects
        **Smart Meter Gateway** | C, FreeRTOS, MQTT
        - Reduced boot time to 900 ms
        **Crop Sensor** | Python, LoRa
        - Ran for two seasons on one battery

        # Education
        B.E. Electronics, University of Pune, 2009 - 2013, CGPA: 8.4/10

        Skills: C, C++, Python, Jira, Risk management
        """,
        name="Priyanka Deshmukh",
        email="priyanka.d@mail.test",
        phone="+91-98765 43210",
        location="Pune, Maharashtra, India",
        jobs=(
            Job("Delivery Manager", "Vyoma Embedded Pvt. Ltd.", "June 2019", "Present", bullets=2),
            Job("Firmware Engineer", "Tarang Devices", "July 2013", "May 2019", bullets=1),
        ),
        schools=(School("University of Pune", "B.E. Electronics"),),
        skills=("C", "C++", "Python", "Jira", "Risk management"),
        projects=("Smart Meter Gateway", "Crop Sensor"),
    ),
    Resume(
        "dates on their own line in the middle, company after a dash",
        """
        # Callum Fraser
        Joiner and site foreman
        Glasgow, Scotland — 07700 900123 — callum@fraser.test

        # EMPLOYMENT
        Site Foreman — Kelvin Joinery Ltd
        April 2017 — now
        Glasgow, Scotland
        - Run crews of up to ten
        Joiner — Fraser & Daughters
        2009 — 2017
        Paisley, Scotland
        - Staircases and sash windows

        # QUALIFICATIONS
        SVQ Level 3 Carpentry and Joinery
        City of Glasgow College
        2009

        # INTERESTS
        Hill walking, fiddle
        """,
        name="Callum Fraser",
        email="callum@fraser.test",
        phone="07700 900123",
        location="Glasgow, Scotland",
        jobs=(
            Job("Site Foreman", "Kelvin Joinery Ltd", "April 2017", "now", bullets=1),
            Job("Joiner", "Fraser & Daughters", "2009", "2017", bullets=1),
        ),
        schools=(School("City of Glasgow College", "SVQ Level 3 Carpentry and Joinery"),),
        kept=("Hill walking, fiddle",),
    ),
    Resume(
        "each job is one bullet",
        """
        # Nora Quist
        nora.quist@mail.test | 415 55 501 | Bergen, Norway

        # Experience
        - Product Owner, Fjordline Apps AS, Jan 2021 – present
        - Business Analyst, Nordhavn Bank, Aug 2017 – Dec 2020

        # Education
        - MSc in Informatics, University of Bergen, 2015 – 2017
        - BSc in Informatics, METU, 2012 – 2015
        """,
        name="Nora Quist",
        email="nora.quist@mail.test",
        phone="415 55 501",
        location="Bergen, Norway",
        jobs=(
            Job("Product Owner", "Fjordline Apps AS", "Jan 2021", "present", bullets=0),
            Job("Business Analyst", "Nordhavn Bank", "Aug 2017", "Dec 2020", bullets=0),
        ),
        schools=(School("University of Bergen", "MSc in Informatics"), School("METU", "BSc in Informatics")),
    ),
    Resume(
        "dates in brackets, employer and town on the next line",
        """
        # Dmitri Volkov
        Seattle, WA | (206) 555-0111 | dmitri@volkov.test

        # EXPERIENCE
        **Backend Developer** (March 2020 – Present)
        Quillstone — Seattle, WA
        - Wrote the ledger
        **Intern** (Jun 2019 – Aug 2019)
        Bramble & Co. — Tacoma, WA
        - Fixed flaky tests

        # EDUCATION
        **University of Washington** (2016 – 2020)
        B.A. Mathematics
        """,
        name="Dmitri Volkov",
        email="dmitri@volkov.test",
        phone="(206) 555-0111",
        location="Seattle, WA",
        jobs=(
            Job("Backend Developer", "Quillstone", "March 2020", "Present", bullets=1),
            Job("Intern", "Bramble & Co.", "Jun 2019", "Aug 2019", bullets=1),
        ),
        schools=(School("University of Washington", "B.A. Mathematics"),),
    ),
    Resume(
        "no marks at all, Portuguese",
        """
        Ines Carvalho
        ines@carvalho.test
        +351 912 555 012
        Porto, Portugal

        Experiência Profissional
        Rececionista
        Hotel Ribeira Douro, Porto
        Maio 2019 - Presente
        Atendimento ao cliente e gestão de reservas
        Faturação diária

        Empregada de mesa
        Restaurante O Forno, Braga
        2016 - 2019
        Serviço de mesa e bar

        Formação Académica
        Curso Técnico de Turismo
        Escola Profissional de Braga
        2013 - 2016
        """,
        name="Ines Carvalho",
        email="ines@carvalho.test",
        phone="+351 912 555 012",
        location="Porto, Portugal",
        jobs=(
            Job("Rececionista", "Hotel Ribeira Douro", "Maio 2019", "Presente", bullets=2),
            Job("Empregada de mesa", "Restaurante O Forno", "2016", "2019", bullets=1),
        ),
        schools=(School("Escola Profissional de Braga", "Curso Técnico de Turismo"),),
    ),
    Resume(
        "German, since and apprenticeship",
        """
        # Jürgen Aschenbach
        Tel. +49 170 5550123 | j.aschenbach@post.test | 80331 München

        # Beruflicher Werdegang
        **Seit 06/2020**
        **Stadtwerke Isartal GmbH, München**
        Leiter Netzbetrieb
        - Verantwortung für 14 Mitarbeiter
        **01/2012 – 05/2020**
        **Elektro Huber KG, Freising**
        Elektromeister
        - Planung von Anlagen

        # Schulbildung und Ausbildung
        2008 – 2011: Ausbildung zum Elektroniker, Elektro Huber KG
        1998 – 2008: Realschule Freising, Mittlere Reife
        """,
        name="Jürgen Aschenbach",
        email="j.aschenbach@post.test",
        phone="+49 170 5550123",
        location="80331 München",
        jobs=(
            Job("Leiter Netzbetrieb", "Stadtwerke Isartal GmbH", "Seit 06/2020", "", bullets=1),
            Job("Elektromeister", "Elektro Huber KG", "01/2012", "05/2020", bullets=1),
        ),
        schools=(
            School("Elektro Huber KG", "Ausbildung zum Elektroniker"),
            School("Realschule Freising", "Mittlere Reife"),
        ),
    ),
)
