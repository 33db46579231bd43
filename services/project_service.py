"""Projects: create, read, change, delete, and the versions of what was made of them."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.base_resume import BaseResume
from models.project import Project, ProjectVersion
from schemas.change_schemas import Change, Decision, Verdict
from schemas.project_schemas import (
    DecisionRequest,
    ProjectCreate,
    ProjectRead,
    ProjectUpdate,
    TailoredData,
    VersionRead,
)
from schemas.resume_schemas import ResumeData
from services import resume_service, run_service, user_service
from services.errors import InvalidRequest, NoBaseResume, NotFound, NotTailored, RunInProgress
from services.resume_changes import apply_changes, keep_hand_edits

BASE_DELETED = (
    "The resume that this project was tailored from was deleted. Its texts are kept; for files, tailor it again."
)


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """Some projects, and how many there are."""

    projects: list[ProjectRead]
    total: int


def create(session: Session, user_id: int, wanted: ProjectCreate) -> ProjectRead:
    """Create a project on the person's newest resume, if there is one. Raises NotAuthenticated, see get_user."""
    user_service.get_user(session, user_id, keep=True)
    base = resume_service.newest(session, user_id)
    project = Project(user_id=user_id, base_resume_id=base.id if base else None, **wanted.model_dump())
    session.add(project)
    session.flush()
    return read(session, project)


def list_owned(session: Session, user_id: int, *, limit: int, offset: int) -> ProjectPage:
    """A person's projects, newest first."""
    mine = select(Project).where(Project.user_id == user_id)
    total = session.scalar(select(func.count()).select_from(mine.subquery())) or 0
    projects = session.scalars(mine.order_by(Project.id.desc()).limit(limit).offset(offset)).all()
    return ProjectPage([read(session, project) for project in projects], total)


def get_owned(session: Session, project_id: int, user_id: int, *, for_update: bool = False) -> Project:
    """A person's own project. Raises NotFound, for somebody else's as well.

    `for_update` for whoever reads the result, changes it and writes it back: they take turns.
    """
    own = select(Project).where(Project.id == project_id, Project.user_id == user_id)
    project = session.scalar(own.with_for_update() if for_update else own)
    if project is None:
        raise NotFound
    return project


def read(session: Session, project: Project) -> ProjectRead:
    """A project as clients see it: with the resume as it now stands."""
    columns = {name: getattr(project, name) for name in ProjectRead.model_fields if name != "resume_json"}
    return ProjectRead(**columns, resume_json=current_resume(session, project))


def current_resume(session: Session, project: Project) -> ResumeData | None:
    """The resume as it now stands: tailored if tailored, else as extracted; None before the first upload."""
    stored = read_tailored(project)
    if stored is not None:
        return stored.resume
    base = base_resume(session, project)
    return None if base is None else ResumeData.model_validate(base.extracted_data)


def update(session: Session, project_id: int, user_id: int, wanted: ProjectUpdate) -> ProjectRead:
    """Change what was sent; an edited resume becomes a version of its own. Raises NotFound, RunInProgress."""
    project = get_owned(session, project_id, user_id, for_update=True)
    for name in wanted.model_fields_set - {"resume_json"}:
        value = getattr(wanted, name)
        if name == "project_name" and value is None:
            raise InvalidRequest("A project needs a name.")
        setattr(project, name, value)
    if wanted.resume_json is not None:
        _refuse_during_run(session, project)
        base = base_resume(session, project)
        project.base_resume_id = base.id if base else None
        edited = merged_sections(current_resume(session, project), wanted.resume_json)
        data = read_tailored(project) or TailoredData(resume=edited)
        data.resume = data.edited_resume = edited
        store_version(session, project, data, origin="edit")
    session.flush()
    return read(session, project)


def merged_sections(current: ResumeData | None, sent: ResumeData) -> ResumeData:
    """The sections that were sent, and those that were left out as they are."""
    if current is None:
        return sent
    return current.model_copy(update={name: getattr(sent, name) for name in sent.model_fields_set})


def delete(session: Session, project_id: int, user_id: int) -> None:
    """Delete a project with its runs and versions; what it cost stays in the ledger. Raises NotFound, RunInProgress."""
    project = get_owned(session, project_id, user_id)
    _refuse_during_run(session, project)
    session.delete(project)
    session.flush()


# --- What it is tailored from, and to ---


def base_resume(session: Session, project: Project) -> BaseResume | None:
    """The upload a project is about: the one it was tailored from, before that the newest."""
    if project.base_resume_id is not None:
        return session.get(BaseResume, project.base_resume_id)
    return None if project.is_tailored else resume_service.newest(session, project.user_id)


def read_tailored(project: Project) -> TailoredData | None:
    """What was made of a project so far."""
    return None if project.tailored_data is None else TailoredData.model_validate(project.tailored_data)


def starting_point(project: Project, base: BaseResume) -> ResumeData:
    """What a run starts from: the resume as it was read, with what the person has edited by hand in this project."""
    extracted = ResumeData.model_validate(base.extracted_data)
    data = read_tailored(project)
    if data is None or project.base_resume_id != base.id:
        return extracted
    start = data.based_on or extracted
    return keep_hand_edits(apply_changes(start, data.changes), data.edited_resume, start)


def rebase_hand_edits(data: TailoredData, before: ResumeData, after: ResumeData) -> None:
    """Make `after` the resume as it stands, with what was edited by hand on top of `before` still in it."""
    data.resume = keep_hand_edits(before, data.edited_resume, after)
    if data.edited_resume is not None:
        data.edited_resume = data.resume


def require_tailored(project: Project) -> TailoredData:
    """What a run made of a project. Raises NotTailored."""
    data = read_tailored(project)
    if data is None or not project.is_tailored:
        raise NotTailored
    return data


def store_version(
    session: Session, project: Project, data: TailoredData, *, origin: str, run_id: int | None = None
) -> None:
    """Make this the project's state, and keep it as a new version."""
    data.base_resume_id = project.base_resume_id
    stored = data.model_dump(mode="json")
    project.tailored_data = stored
    newest = session.scalar(
        select(func.coalesce(func.max(ProjectVersion.number), 0)).where(ProjectVersion.project_id == project.id)
    )
    version = ProjectVersion(
        project_id=project.id, number=(newest or 0) + 1, origin=origin, run_id=run_id, tailored_data=stored
    )
    session.add(version)
    session.flush()


def list_versions(session: Session, project_id: int, user_id: int) -> list[VersionRead]:
    """All versions of a project, newest first. Raises NotFound."""
    get_owned(session, project_id, user_id)
    rows = session.scalars(
        select(ProjectVersion).where(ProjectVersion.project_id == project_id).order_by(ProjectVersion.number.desc())
    )
    return [VersionRead.model_validate(row) for row in rows]


def restore_version(session: Session, project_id: int, user_id: int, *, number: int) -> ProjectRead:
    """Bring an earlier version back, as a new version. Raises NotFound, RunInProgress."""
    project = get_owned(session, project_id, user_id, for_update=True)
    _refuse_during_run(session, project)
    version = session.scalar(
        select(ProjectVersion).where(ProjectVersion.project_id == project_id, ProjectVersion.number == number)
    )
    if version is None:
        raise NotFound
    data = TailoredData.model_validate(version.tailored_data)
    # Its texts belong into the document that they were made for, if that is still there.
    still_there = data.base_resume_id is not None and session.get(BaseResume, data.base_resume_id) is not None
    project.base_resume_id = data.base_resume_id if still_there else None
    store_version(session, project, data, origin="restore", run_id=version.run_id)
    return read(session, project)


def _refuse_during_run(session: Session, project: Project) -> None:
    """What is edited or decided during a run would be lost when the run stores its result. Raises RunInProgress."""
    if run_service.is_running(session, project.id):
        raise RunInProgress("A tailoring run is in progress for this project. Cancel it first, or wait for it.")


# --- Decisions ---


def decide(session: Session, project_id: int, user_id: int, decisions: list[DecisionRequest]) -> TailoredData:
    """Accept, reject or edit changes; the resume is made anew from what counts. Deciding the same twice is no version.

    Raises NotFound, NotTailored, NoBaseResume, RunInProgress, or InvalidRequest for an unknown change or an edit
    without text.
    """
    project = get_owned(session, project_id, user_id, for_update=True)
    _refuse_during_run(session, project)
    data = require_tailored(project)
    base = base_resume(session, project)
    if base is None:
        raise NoBaseResume(BASE_DELETED)
    changes = {change.id: change for change in data.changes}
    decided = [_decided(changes, decision) for decision in decisions]
    start = data.based_on or ResumeData.model_validate(base.extracted_data)
    before = apply_changes(start, data.changes)
    changes |= {change.id: change for change in decided}
    if list(changes.values()) == data.changes:
        return data
    data.changes = list(changes.values())
    rebase_hand_edits(data, before, apply_changes(start, data.changes))
    store_version(session, project, data, origin="decisions")
    return data


def _decided(changes: dict[int, Change], decision: DecisionRequest) -> Change:
    change = changes.get(decision.id)
    if change is None:
        raise InvalidRequest(f"There is no change {decision.id}.")
    if change.verdict is Verdict.BLOCK and decision.decision is Decision.ACCEPTED:
        raise InvalidRequest(f"Change {change.id} says what your resume does not: edit it, or reject it.")
    if decision.decision is not Decision.EDITED:
        return change.model_copy(update={"decision": decision.decision, "taken_back": False})
    if decision.text is None or not isinstance(change.proposed, str):
        raise InvalidRequest("An edited change needs its new wording in `text`.")
    return change.model_copy(update={"decision": Decision.EDITED, "edited_text": decision.text, "taken_back": False})
