"""The meanings that the guardrail's rules speak of. Which words carry them stands in `words/concepts.txt`."""

from enum import StrEnum, auto


class Concept(StrEnum):
    """One meaning that a rule can ask for."""

    STARTS_PHRASE = auto()  # set while reading: a phrase of the table begins with this word
    DISMISS = auto()  # ignore, forget, override
    PRIOR = auto()  # previous, above, so far
    RULES = auto()  # instructions, prompt, guidelines
    YOURS = auto()  # your, you were given
    MINE = auto()  # my, our
    ALL = auto()
    EVERYTHING = auto()  # everything, what you were told
    VOID = auto()  # no longer apply
    NEW_TASK = auto()
    OWN_TASK = auto()  # the work the system is at
    YOUR_TASK = auto()  # your role, your job: in advertisements the reader's
    OVERRULE = auto()  # supersede, replace
    NEGATION = auto()
    REVEAL = auto()  # print, show, repeat, what were
    SECRET = auto()  # system prompt, hidden instructions
    YOUR_SECRET = auto()  # your prompt, what you were told
    PROMPT = auto()
    CREDENTIAL = auto()  # API key, environment variables
    TEXT = auto()  # text, words, message
    ABOVE = auto()
    OTHER_PEOPLE = auto()
    BECOME = auto()  # you are now, pretend to be
    PLAY = auto()  # act as, simulate: common in job ads
    PERSONA = auto()  # DAN, pirate, terminal
    UNBOUND = auto()  # without restrictions, unfiltered
    MODE = auto()  # developer mode, jailbreak
    MACHINE = auto()  # AI, LLM, ChatGPT
    ARTEFACT = auto()  # software, system, algorithm: with what it is for, a machine
    AUTOMATIC = auto()  # automated, screening, ranking: what a machine is called by
    AI_WORD = auto()  # the names among them that mean nothing else
    ADDRESS = auto()  # note to, dear, if you are
    NOTICE = auto()  # note to, attention: a sentence that picks its readers
    READING = auto()  # reading this, processing this document
    BOT_READER = auto()  # visible to LLM, white text
    RATE = auto()
    CANDIDATE = auto()
    APPLICANT = auto()  # spoken of in the third person, as nobody does of oneself
    TOP_SCORE = auto()
    SCORING = auto()
    NO_MATTER = auto()
    RECOMMEND = auto()
    EXCELLENT = auto()
    PRAISE = auto()  # is the most qualified
    PLANTED = auto()  # whole phrases that only planted orders use
    NO_EVALUATION = auto()
    JUST_SAY = auto()
    CHANGE = auto()  # insert, replace, mark: what a planted order asks for
    SAFEGUARD = auto()  # guardrail, safety filter, truthfulness checks
    DISABLE = auto()
    INVENT = auto()  # invent, falsify
    FAKE = auto()  # fake, fabricate: also said of forgeries and steel
    CLAIM_FALSELY = auto()  # pretend I, claim that I
    CAREER = auto()  # experience, degree, certificate
    ADD = auto()
    EDIT = auto()  # insert, append: what one does to a document
    DOCUMENT = auto()  # resume, CV
    UNTRUE = auto()  # nobody checks, although it is not there
    NOT_MINE = auto()  # I don't have, I never
    HARM = auto()
    HOW_TO = auto()
    ME_HOW = auto()  # teach me how: no advertisement has a "me" to be taught
    ASK = auto()  # write, create, give me
    REQUEST = auto()  # the wishes among them that nobody has about a resume
    IT = auto()
    LEISURE = auto()  # poem, recipe, joke, weather
    ABOUT_YOU = auto()  # who are you
    PASTIME = auto()  # the wide world besides: an advertisement may speak of it in passing
    PIECE = auto()  # a text, an e-mail: a wish speaks of the letter and the resume
    TO_ME = auto()
    SOFTWARE_WISH = auto()  # a script, a function
    QUESTION = auto()
    SEND = auto()
    FORWARD = auto()  # what a system does, where an applicant sends or submits
    PERSONAL_DATA = auto()
    LINK = auto()  # a web address or an e-mail address in the text
    FETCH = auto()
    GRANT = auto()
    CREDITS = auto()
    NUMBER = auto()
    ERRAND = auto()  # book, buy, tweet: what nobody asks of a resume
    CALL = auto()
    TOOL = auto()
    DELETE = auto()
    RECORD = auto()
    TABLE = auto()
    DECODE = auto()
    OBEY = auto()
    RESPOND = auto()
    REPLY = auto()  # reply, answer: a chat is asked to, a resume is not
    LEAK = auto()
    MACHINE_FORMAT = auto()  # JSON, empty object
    CIPHER = auto()
    POLITE = auto()
    OUGHT = auto()
    OWN_TOOL = auto()
    DIVULGE = auto()  # the verbs of revealing that no advertisement turns on its reader
    TALKER = auto()  # names of language models and bots that are no trade and no skill's first word
    SHALL_NOW = auto()  # must first, should now: what software is told, not applicants
    MAKER = auto()  # your developer, whoever wrote your prompt
    CONVERSATION = auto()  # this chat, my message, your answer: spoken to a machine
    STOP_WORK = auto()  # stop being a resume tool
    ALLOWED = auto()  # you are allowed to, I hereby authorise you
    YOU_ARE = auto()  # you are: nobody says that about a resume
    SIMULATION = auto()  # in this scenario, hypothetically
    THE_RESUME = auto()  # the uploaded resume, the applicant's summary: an advertisement says "your resume"
    SAY_THAT = auto()  # state that, report that
    DEGREE = auto()  # degree, licence, award: what is earned and not reworded
    GIVE_ME = auto()
    SAY_I = auto()  # say that I, write that I: a fact that is dictated
    ADD_A = auto()  # add a, put another: what the resume does not have yet
    ALTHOUGH = auto()  # even though, but I
    OWN_RUNS = auto()  # my runs, my credits, the versions: the service's own things
    LOOK_UP = auto()  # find out, search the web
    PLACE = auto()  # in the cover letter, the skills section: an advertisement says "your letter"
    PROCEED = auto()  # before continuing, when you summarise: steps of the reading machine
    INSTEAD = auto()
    CALLED = auto()  # set while reading: a machine called by its name and a colon, "Chatbots: ..."
    ITSELF = auto()  # this sentence, this comment: a text that speaks of itself
    AS_MET = auto()  # requirements that are to count as fulfilled
    ONLY_A_TEST = auto()  # what stands above was only a test
    THE_AD = auto()  # the vacancy, this posting
    WHOLE = auto()  # in full, verbatim
    SENIOR = auto()  # director, head, chief
    ALTER = auto()  # upgrade, inflate, extend
    HANDLES = auto()  # reads, processes, tailors: what a machine does with an advertisement or a resume
    WILL_DO = auto()  # shall write, in languages that say so with one word
    THESE_LINES = auto()  # this posting, these lines, the application that is being written
    HUSH = auto()  # keep quiet about this note, not shown to people
    TOLD = auto()  # was told, was ordered
    KEPT_BACK = auto()  # hidden, secret, forbidden
    ANYWAY = auto()  # all the same
    THINK_UP = auto()  # think of some, any that sounds good
    MADE_PAPER = auto()  # the generated letter, adapt a CV: what is made of the advertisement, by a machine
    ALL_PAPERS = auto()  # every resume, each document
    DUTY = auto()  # you will, we: what follows describes work
    UTTER = auto()  # write, return, reply: leads to what is dictated
    QUOTED = auto()  # set while reading: a word that a quotation begins with
    MY_WORK = auto()  # I wrote, I led: what follows describes a career


NEGATABLE = frozenset(
    {
        Concept.DISMISS,
        Concept.INVENT,
        Concept.FAKE,
        Concept.CLAIM_FALSELY,
        Concept.REVEAL,
        Concept.HARM,
        Concept.DISABLE,
        Concept.SEND,
        Concept.DELETE,
        Concept.PLAY,
        Concept.BOT_READER,
        Concept.TOP_SCORE,
        Concept.ADD,
        Concept.SAY_I,
    }
)
"""Concepts that a negation just before them turns into their opposite: "never ignore", "don't invent"."""
