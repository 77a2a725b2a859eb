"""Settings: which source wins, and what is said of a value that cannot be used."""

from pathlib import Path

import pytest

from retriever.errors import SettingsError
from retriever.settings import Settings, load_settings


def test_the_defaults_are_in_force_in_an_empty_folder(tmp_path: Path) -> None:
    assert load_settings(tmp_path, {}) == Settings()
    assert Settings().host == "127.0.0.1"


def test_flags_win_over_variables_over_files_over_defaults(tmp_path: Path) -> None:
    (tmp_path / "quotidian.toml").write_text(
        'corpus = "file"\nindex = "file"\nhost = "file"\nport = 1\n', encoding="utf-8"
    )
    variables = {"QUOTIDIAN_INDEX": "variable", "QUOTIDIAN_HOST": "variable"}
    found = load_settings(tmp_path, variables, {"host": "flag", "corpus": None})
    assert found == Settings(corpus="file", index="variable", host="flag", port=1)


def test_a_projects_own_table_is_read_unless_there_is_a_file_of_its_own(tmp_path: Path) -> None:
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\nname = "x"\n[tool.quotidian]\nport = 80\n', encoding="utf-8")
    assert load_settings(tmp_path, {}).port == 80
    (tmp_path / "quotidian.toml").write_text('index = "own"\n', encoding="utf-8")
    assert load_settings(tmp_path, {}) == Settings(index="own")


def test_an_empty_variable_and_those_of_others_do_not_count(tmp_path: Path) -> None:
    variables = {"QUOTIDIAN_INDEX": "", "QUOTIDIAN_PASSWORD": "x", "INDEX": "y"}
    assert load_settings(tmp_path, variables) == Settings()


def test_a_variable_of_a_setting_that_was_replaced_is_not_passed_over(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="use 'reader'"):
        load_settings(tmp_path, {"QUOTIDIAN_RERANKER": "x"})


def test_the_environment_and_the_current_folder_are_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUOTIDIAN_PORT", "8000")
    assert load_settings().port == 8000


@pytest.mark.parametrize("value", ["0", "7860", 65535])
def test_a_port_may_be_any_port(tmp_path: Path, value: object) -> None:
    assert load_settings(tmp_path, {}, {"port": value}).port == int(str(value))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nowhere = 1", "unknown setting 'nowhere'; the settings are corpus, index"),
        ('port = "many"', "setting 'port' must be a whole number from 0 to 65535, not 'many'"),
        ("port = true", "setting 'port' must be a whole number"),
        ("port = 80.5", "setting 'port' must be a whole number"),
        ("port = 65536", "setting 'port' must be a whole number"),
        ("port = -1", "setting 'port' must be a whole number"),
        ("index = 7", "setting 'index' must be text, not 7"),
        ('index = ["a"]', "setting 'index' must be text"),
        ('index = " "', "setting 'index' must not be empty"),
        ('reranker = "x"', "there is no setting 'reranker' any more; use 'reader' for it"),
        ("port = ", "cannot read settings from"),
        ("\x00", "cannot read settings from"),
    ],
)
def test_what_cannot_be_used_is_one_clear_line(tmp_path: Path, text: str, expected: str) -> None:
    (tmp_path / "quotidian.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as raised:
        load_settings(tmp_path, {})
    assert expected in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_no_text_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "quotidian.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match=r"cannot read settings from .*quotidian\.toml"):
        load_settings(tmp_path, {})


def test_a_table_that_is_none_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool]\nquotidian = 7\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"\[tool\.quotidian\] .* is not a table"):
        load_settings(tmp_path, {})


@pytest.mark.parametrize("text", ["", "tool = 7", "[tool]\nother = 1"])
def test_a_project_without_our_table_says_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    assert load_settings(tmp_path, {}) == Settings()
