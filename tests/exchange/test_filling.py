"""Templates are filled completely or not at all, and a hostile one neither hangs nor grows."""

from __future__ import annotations

import time
from urllib.parse import unquote

import pytest

from creator_crm.domain.errors import UserError
from creator_crm.exchange.filling import LONGEST_MESSAGE, Rendered, TemplateRefused, render
from creator_crm.exchange.mail import header_line, mailto_link

FIELDS = {
    "creator": {
        "name": "Ana Blum",
        "first_name": "Ana",
        "handle": "ana.b",
        "followers": 12400,
        "language": "de",
        "niche": None,
    },
    "campaign": {"name": "Spring", "ends_on": None},
    "code": None,
    "brand": "Lumi",
}


def text_of(body: str) -> str:
    return render("", body, FIELDS).text


def test_gaps_are_filled_and_figures_have_their_thousands_apart() -> None:
    done = render(
        "{{ brand }} and {{ creator.first_name }}",
        "Hi {{ creator.first_name }}, {{ creator.followers }} of you!\nYours, {{ brand }} ({{ campaign }})\n",
        FIELDS,
    )
    assert done == Rendered("Lumi and Ana", "Hi Ana, 12,400 of you!\nYours, Lumi (Spring)\n")


def test_an_open_gap_is_named_and_marked_and_keeps_the_message_back() -> None:
    done = render("", "Use {{ code }} until {{ campaign.ends_on }}, {{ code|upper }}", FIELDS)
    assert done.missing == ("code", "ends on")
    assert done.text == "Use ⟨code?⟩ until ⟨ends on?⟩, ⟨CODE?⟩"
    with pytest.raises(UserError, match=r"The message to Ana has gaps .* code, ends on"):
        done.refuse_missing("Ana")


def test_a_template_can_provide_for_what_is_not_known() -> None:
    body = (
        "{% if code %}Use {{ code }}.{% else %}No code yet.{% endif %} {{ creator.niche|default('Hello') }}"
    )
    done = render("", body, FIELDS)
    assert (done.text, done.missing) == ("No code yet. Hello", ())
    assert text_of("{{ creator.niche or creator.handle }}") == "ana.b"
    assert text_of("{{ 'Hallo' if creator.language == 'de' else 'Hi' }}") == "Hallo"
    assert text_of("{% if creator.followers > 10000 %}big{% endif %}") == "big"
    assert text_of("{% if code is defined %}code{% else %}none{% endif %}") == "none"
    assert render("", "{% if creator.niche > 5 %}x{% endif %}", FIELDS).missing == ("niche",)


def test_a_misspelt_field_is_a_mistake_of_the_template_wherever_it_stands() -> None:
    with pytest.raises(
        TemplateRefused, match=r"Line 2: there is no field “creator.frist_name”.*creator.name"
    ):
        text_of("{% if code %}\n{{ creator.frist_name }}{% endif %}")


@pytest.mark.parametrize("body", ["Hi {{ creator.name", "{% if code %}Hi", "{{ creator.name }}{% endif %}"])
def test_a_template_that_cannot_be_read_says_where(body: str) -> None:
    with pytest.raises(TemplateRefused, match="Line 1: the template cannot be read here"):
        text_of(body)


HOSTILE = [
    "{{ creator.__class__ }}",
    "{{ creator.name.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''|attr('__class__') }}",
    "{{ ''|attr('format')('{0.__class__}') }}",
    "{{ '{0.__class__}'.format(1) }}",
    "{{ creator['__class__'] }}",
    "{{ lipsum.__globals__ }}",
    "{{ lipsum(n=99999999) }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ self.__init__ }}",
    "{{ creator._sa_instance_state }}",
    "{{ creator.update({'name': 'x'}) }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% extends 'x' %}",
    "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
    "{% for a in creator.name %}x{% endfor %}",
    "{{ 'a' * 1000000000 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 'a' ~ 'b' }}",
    "{{ ('a'|center(100000000)) }}",
    "{{ 'aaaa'|replace('a', 'aaaaaaaaaa')|replace('a', 'aaaaaaaaaa') }}",
    "{{ 'aaaa'|join('aaaaaaaaaaaaaaaa')|join('aaaaaaaaaaaaaaaaaaa') }}",
    "{{ '%999999999d'|format(1) }}",
    "{{ 'a'|indent(999999999) }}",
    "{{ creator.name|wordwrap(1) }}",
    "{{ creator.name|truncate(2, True, 'aaaaaaaaaaa') }}",
    "{{ creator.name|truncate(creator.followers) }}",
    "{% set x = 'a' %}",
    "{% macro m() %}{{ m() }}{% endmacro %}",
    "{% filter upper %}x{% endfilter %}",
    "{% block b %}{% endblock %}",
    "{{ [1, 2, 3] }}",
    "{{ {'a': 1} }}",
    "{{ -1 }}",
    "{{ creator.followers > creator.name }}",
    "{{ " + "(" * 9_000 + "1" + ")" * 9_000 + " }}",
    "{{ " + "not " * 4_000 + "code }}",
    "{% if code %}" * 1_000 + "{% endif %}" * 1_000,
    "{{ " + "9" * 15_000 + " }}",
    "{{ 1e99999 > code }}{{ creator.name" + "|upper" * 3_000 + " }}",
    "x" * 20_001,
    "{{ creator.name }}{% raw %}x",
]


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_template_is_refused_at_once_in_words(body: str) -> None:
    began = time.process_time()
    with pytest.raises(TemplateRefused) as refused:
        text_of(body)
    assert time.process_time() - began < 2
    assert len(str(refused.value)) < 500


def test_a_message_cannot_grow_beyond_its_size_through_long_fields() -> None:
    fields = {"creator": {"name": "a" * 32_000}}
    with pytest.raises(TemplateRefused, match=f"longer than {LONGEST_MESSAGE:,}"):
        render("", "{{ creator.name }}" * 1_000, fields)


def test_what_stands_in_a_field_is_never_carried_out() -> None:
    done = render("", "Hi {{ creator.name }}", {"creator": {"name": "{{ brand }}{% raw %}"}})
    assert done.text == "Hi {{ brand }}{% raw %}"


def test_a_mailto_link_holds_subject_and_text_and_nothing_else() -> None:
    link = mailto_link(Rendered("Hello & welcome", "Dear Ana,\nyours"), "ana+x@example.com")
    assert link == "mailto:ana+x@example.com?subject=Hello%20%26%20welcome&body=Dear%20Ana%2C%0D%0Ayours"


@pytest.mark.parametrize("sign", ["\r\n", "\n", "\r", "\x0b", "\x85", "\u2028", "\0\r\n"])
def test_no_header_can_be_smuggled_into_a_letter(sign: str) -> None:
    assert header_line(f"Hi{sign}Bcc: all@example.com") == "Hi Bcc: all@example.com"
    link = mailto_link(Rendered(f"Hi{sign}Bcc: all@example.com", "x"), "ana@example.com")
    assert unquote(link) == "mailto:ana@example.com?subject=Hi Bcc: all@example.com&body=x"
    with pytest.raises(UserError, match="not an e-mail address"):
        mailto_link(Rendered("Hi", "x"), f"ana@example.com{sign}Bcc:all@example.com")


@pytest.mark.parametrize("address", ["", "ana", "a@b?cc=c@d", "a@b,c@d", "a@b&attach=/etc/passwd", "-h"])
def test_a_mailto_link_goes_to_one_plain_address(address: str) -> None:
    with pytest.raises(UserError, match="not an e-mail address"):
        mailto_link(Rendered("Hi", "x"), address)


def test_no_letter_is_opened_with_an_open_gap_or_cut_in_the_middle() -> None:
    with pytest.raises(UserError, match="gaps"):
        mailto_link(Rendered("Hi", "x", ("code",)), "ana@example.com")
    with pytest.raises(UserError, match="too long"):
        mailto_link(Rendered("Hi", "x" * 3_000), "ana@example.com")
