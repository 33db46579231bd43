"""How large a resume may be: every real one fits, and one that nobody could read is refused."""

from fastapi.testclient import TestClient

from schemas.resume_schemas import MAX_RESUME_LENGTH, MAX_RESUME_TEXTS
from tests.product import SAMPLE_RESUME


def project_with_resume(client: TestClient) -> str:
    """The path of a project on the sample resume."""
    with SAMPLE_RESUME.open("rb") as file:
        client.post("/api/resumes/upload", files={"file": ("resume.docx", file)})
    return f"/api/projects/{client.post('/api/projects', json={'project_name': 'Application'}).json()['id']}"


def test_the_resume_as_it_is_read_can_be_sent_back_and_a_career_of_forty_pages_fits(client: TestClient) -> None:
    path = project_with_resume(client)
    resume = client.get(path).json()["resume_json"]
    assert client.put(path, json={"resume_json": resume}).status_code == 200
    bullets = [f"{number}: {'Led the move of a service to another platform. ' * 5}".strip() for number in range(13)]
    resume["experience"] = [{"company": f"Company {number}", "bullets": bullets} for number in range(45)]
    answer = client.put(path, json={"resume_json": resume})
    assert answer.status_code == 200
    assert len(answer.json()["resume_json"]["experience"]) == 45


def test_a_resume_longer_than_any_career_is_refused_with_a_sentence(client: TestClient) -> None:
    path = project_with_resume(client)
    before = client.get(path).json()
    long = {"custom_sections": [{"title": "All", "items": ["x" * 20_000] * (MAX_RESUME_LENGTH // 20_000 + 1)}]}
    many = {"custom_sections": [{"title": "All", "items": ["x"] * 400}] * (MAX_RESUME_TEXTS // 400 + 1)}
    for too_much, word in ((long, "characters"), (many, "texts")):
        answer = client.put(path, json={"resume_json": too_much})
        assert answer.status_code == 422
        assert "at most" in answer.json()["detail"][0]["msg"]
        assert word in answer.json()["detail"][0]["msg"]
    assert client.get(path).json() == before
