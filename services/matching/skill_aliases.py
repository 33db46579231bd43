"""The one table of names that mean the same thing, and of things that prove a broader one. Words only, no logic."""

from typing import Final

_THINGS: Final[tuple[tuple[str, ...], ...]] = (
    # Software: the first name of a row is the one that ads use most.
    ("Kubernetes", "k8s"),
    ("JavaScript", "JS"),
    ("TypeScript", "TS"),
    ("PostgreSQL", "Postgres"),
    ("MongoDB", "Mongo"),
    ("SQL Server", "Microsoft SQL Server", "MS SQL Server", "MSSQL", "MS SQL"),
    ("Elasticsearch", "Elastic Search"),
    ("AWS", "Amazon Web Services"),
    ("GCP", "Google Cloud Platform", "Google Cloud"),
    ("Azure", "Microsoft Azure"),
    ("Go", "Golang"),
    ("C#", "C Sharp", "CSharp"),
    (".NET", "dotnet"),
    ("C++", "CPP"),
    ("Node.js", "NodeJS", "Node"),
    ("React", "React.js", "ReactJS"),
    ("Vue.js", "Vue", "VueJS"),
    ("Next.js", "NextJS"),
    ("Ruby on Rails", "Rails"),
    ("scikit-learn", "sklearn"),
    ("Power BI", "PowerBI"),
    ("REST API", "RESTful API", "REST-API"),
    ("CI/CD", "continuous integration and delivery", "continuous integration and continuous delivery"),
    ("infrastructure as code", "IaC"),
    ("machine learning", "ML"),
    ("artificial intelligence", "AI"),
    ("natural language processing", "NLP"),
    ("large language models", "LLM"),
    ("object-oriented programming", "OOP"),
    ("test-driven development", "TDD"),
    ("front-end", "frontend"),
    ("back-end", "backend"),
    ("full-stack", "fullstack"),
    ("user experience", "UX"),
    ("user interface", "UI"),
    ("quality assurance", "QA"),
    ("Active Directory",),
    ("e-commerce", "ecommerce"),
    # Office, sales, finance, people
    ("Excel", "Microsoft Excel", "MS Excel"),
    ("Microsoft Office", "MS Office"),
    ("CRM", "customer relationship management"),
    ("people management", "people management skills", "staff management", "line management"),
    ("WMS", "warehouse management system"),
    ("customer support", "client support"),
    ("customer service", "client service"),
    ("email marketing", "e-mail marketing"),
    ("ERP", "enterprise resource planning"),
    ("SEO", "search engine optimization"),
    ("B2B", "business-to-business"),
    ("B2C", "business-to-consumer"),
    ("POS", "point of sale"),
    ("P&L", "profit and loss"),
    ("CPA", "Certified Public Accountant"),
    ("PMP", "Project Management Professional"),
    ("HR", "human resources"),
    # Care and health
    ("RN", "registered nurse"),
    ("LPN", "licensed practical nurse"),
    ("CNA", "certified nursing assistant"),
    ("BLS", "basic life support"),
    ("ILS", "immediate life support"),
    ("ACLS", "advanced cardiac life support"),
    ("PALS", "pediatric advanced life support"),
    ("CPR", "cardiopulmonary resuscitation"),
    ("EHR", "electronic health records"),
    ("EMR", "electronic medical records"),
    ("ICU", "intensive care unit"),
    ("ER", "emergency room"),
    ("IV", "intravenous"),
    # Trades, transport, kitchen, school
    ("PLC", "programmable logic controller", "SPS", "speicherprogrammierbare Steuerung"),
    ("HVAC", "heating, ventilation and air conditioning"),
    ("CAD", "computer-aided design"),
    ("CDL", "commercial driver's license"),
    ("NEC", "National Electrical Code"),
    ("HACCP", "hazard analysis and critical control points"),
    ("ESL", "English as a second language"),
    ("IEP", "individualized education program", "individualized education plan"),
    ("SEN", "special educational needs"),
    (
        "driver's license",
        "driving license",
        "driver license",
        "Führerschein",
        "Führerschein Klasse B",
        "Führerschein der Klasse B",
        "Führerschein B",
        "permis de conduire",
        "permis B",
        "carné de conducir",
        "carnet de conducir",
        "permiso de conducir",
        "licencia de conducir",
        "carta de condução",
        "carteira de motorista",
        "patente di guida",
        "rijbewijs",
        "körkort",
    ),
)

# Names of products and technologies without another name: known, so that they are told from plain words.
_NAMED_TOOLS: Final = tuple(
    (name,)
    for name in (
        "Kafka|RabbitMQ|Grafana|Prometheus|Datadog|Splunk|Ansible|Helm|Airflow|dbt|Snowflake|BigQuery|Redshift"
        "|Databricks|Tableau|Looker|Jira|Confluence|GraphQL|gRPC|Kotlin|Scala|PHP|Laravel|Symfony|Magento|Shopify"
        "|WordPress|Drupal|Figma|Photoshop|InDesign|Illustrator|AutoDesk|SAP|NetSuite|Workday|ServiceNow|Zendesk"
        "|Mailchimp|Google Analytics|Google Ads|PowerShell|Bash|VMware|Citrix|Cisco|Moodle|Zoom|SharePoint|Outlook"
        "|MATLAB|SPSS|Stata|LaTeX|Six Sigma"
        "|Selenium|Cypress|Playwright|JUnit|pytest|Maven|Gradle|Sage 50|Opera PMS|Fidelio"
    ).split("|")
)

_LANGUAGES: Final[tuple[tuple[str, ...], ...]] = (
    # as ads in several languages call them
    ("English", "Englisch", "Englischkenntnisse", "anglais", "inglés", "inglês", "inglese", "Engels", "engelska"),
    ("German", "Deutsch", "Deutschkenntnisse", "allemand", "alemán", "alemão", "tedesco", "Duits", "tyska"),
    (
        "French",
        "Französisch",
        "Französischkenntnisse",
        "français",
        "francés",
        "francês",
        "francese",
        "Frans",
        "franska",
    ),
    (
        "Spanish",
        "Spanisch",
        "Spanischkenntnisse",
        "espagnol",
        "español",
        "castellano",
        "espanhol",
        "spagnolo",
        "Spaans",
    ),
    ("Portuguese", "Portugiesisch", "portugais", "portugués", "português", "portoghese", "Portugees"),
    ("Italian", "Italienisch", "italien", "italiano", "Italiaans"),
    ("Dutch", "Niederländisch", "néerlandais", "neerlandés", "holandés", "Nederlands"),
    ("Swedish", "Schwedisch", "svenska"),
    ("Polish", "Polnisch", "polonais", "polaco", "polski"),
    ("Russian", "Russisch", "russe", "ruso", "russo"),
    ("Norwegian", "Norwegisch", "norvégien", "noruego", "norsk"),
    ("Danish", "Dänisch", "danois", "danés", "dansk"),
    ("Finnish", "Finnisch", "finnois", "finlandés"),
    ("Czech", "Tschechisch", "tchèque", "checo"),
    ("Ukrainian", "Ukrainisch", "ukrainien", "ucraniano"),
    ("Romanian", "Rumänisch", "roumain", "rumano", "romeno"),
    ("Greek", "Griechisch", "grec", "griego", "grego"),
    ("Hungarian", "Ungarisch", "hongrois", "húngaro"),
    ("Hindi",),
    ("Korean", "Koreanisch", "coréen", "coreano"),
    ("Arabic", "Arabisch", "arabe", "árabe"),
    ("Turkish", "Türkisch", "turc", "turco"),
    ("Mandarin", "Chinese", "Chinesisch", "chinois", "chino", "chinês", "cinese"),
    ("Japanese", "Japanisch", "japonais", "japonés", "japonês", "giapponese"),
)
SAME_THING: Final = _THINGS + _NAMED_TOOLS + _LANGUAGES
SPOKEN_LANGUAGES: Final = tuple(names[0] for names in _LANGUAGES)

# Naming one of the right proves some of the left, without being the same thing: "supported", never "present".
PROVED_BY: Final[dict[str, tuple[str, ...]]] = {
    "SQL": ("PostgreSQL", "MySQL", "SQL Server", "SQLite", "Oracle Database", "T-SQL", "PL/SQL", "MariaDB"),
    "relational databases": ("PostgreSQL", "MySQL", "SQL Server", "SQLite", "Oracle Database", "MariaDB"),
    "NoSQL": ("MongoDB", "DynamoDB", "Cassandra", "Redis"),
    "Python": ("Django", "Flask", "FastAPI", "pandas", "NumPy"),
    "Java": ("Spring Boot", "Spring Framework", "Hibernate"),
    "JavaScript": ("TypeScript", "React", "Vue.js", "Angular", "Node.js"),
    "cloud": ("AWS", "Azure", "GCP"),
    "cloud platforms": ("AWS", "Azure", "GCP"),
    "containers": ("Docker", "Kubernetes"),
    "event streaming": ("Kafka", "Kinesis", "Pulsar"),
    "message queues": ("RabbitMQ", "Kafka", "ActiveMQ"),
    "monitoring": ("Grafana", "Prometheus", "Datadog"),
    "Linux": ("Ubuntu", "Debian", "Red Hat", "CentOS"),
    "Git": ("GitHub", "GitLab"),
    "CI/CD": ("Jenkins", "GitHub Actions", "GitLab CI", "CircleCI"),
    "infrastructure as code": ("Terraform", "Pulumi", "CloudFormation"),
    "machine learning": ("scikit-learn", "TensorFlow", "PyTorch"),
    "Microsoft Office": ("Excel", "PowerPoint", "Microsoft Word", "MS Word", "MS Excel"),
    "email marketing": ("Mailchimp", "Klaviyo"),
    "people management": ("team leadership", "team management", "people leadership"),
    "kaufmännische Ausbildung": (
        "Bürokauffrau",
        "Bürokaufmann",
        "Industriekauffrau",
        "Industriekaufmann",
        "Kauffrau",
        "Kaufmann",
        "Bankkauffrau",
        "Bankkaufmann",
        "Einzelhandelskauffrau",
        "Einzelhandelskaufmann",
    ),
    "Bac+2": ("BTS", "DUT", "Bac+3", "Bac+5"),
    "spreadsheets": ("Excel", "Google Sheets"),
    "CRM": ("Salesforce", "HubSpot"),
    "EHR": ("Epic", "Cerner"),
    "accounting software": ("QuickBooks", "Xero", "DATEV"),
    "PLC": ("Siemens S7", "TIA Portal", "Allen-Bradley"),
    "CAD": ("AutoCAD", "SolidWorks", "CATIA", "Revit"),
}

# Names that are everyday words as well: they count only in the spelling that the table or the ad gives them.
EVERYDAY_WORDS: Final = frozenset(
    "go r c d it or er us as am pm in is on rest swift rust spark excel access word express react oracle chef puppet"
    " salt dart julia scratch make sage node rails epic vue js ts ml ai iv ed pals next".split()
)
