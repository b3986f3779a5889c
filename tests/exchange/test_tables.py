"""The tables are those of the exchange format, version 1, and every one fits the register."""

from __future__ import annotations

import pytest

from finsam_tui.exchange.comparing import values_of
from finsam_tui.exchange.matching import stored_columns
from finsam_tui.exchange.tables import Table, tables
from finsam_tui.forms import catalogue
from finsam_tui.storage import code_lists, driver, migrations

# What others build on; a star is a column that must be there. Only ever added to.
FORMAT = {
    "förbund": "namn* län",
    "kommuner": "kod* namn* andel",
    "insatser": "insats_id* namn* typ* volym start slut uppföljning_månader maxtid_månader"
    " kostnadsgrupp parter syfte målgrupp mål",
    "insatsår": "insats_id* år* budget_deltagare utfall_deltagare budget_kr utfall_kr resultat"
    " måluppfyllelse avvikelser",
    "medarbetare": "medarbetare_id* namn* roll* arbetar_kvar",
    "deltagare": "deltagare_id* registrering* personnummer förnamn efternamn födelsedatum kön*"
    " kommun telefon tolk skydd",
    "aktualiseringar": "aktualisering_id* deltagare_id insats_id* datum* part* enhet utfall*"
    " orsak timmar kommentar",
    "rådgivning": "datum* insats_id* vem* hänvisad_till antal",
    "inskrivningar": "inskrivning_id* deltagare_id* insats_id* medarbetare_id aktualisering_id"
    " uppdrag start* utbildning tid_i_försörjning slut avslutsanledning ordinarie_insats"
    " förstärkt_samarbete",
    "lägen": "inskrivning_id* tillfälle* datum* steg försörjning sysselsättning ansvarig_part"
    " timmar ordning",
    "resultat": "inskrivning_id* resultat*",
    "stöd": "inskrivning_id* kategori*",
    "ors": "inskrivning_id* tillfälle* datum* individuellt nära socialt allmänt summa ej_taget"
    " ordning",
    "våld": "inskrivning_id* datum* status* instrument svar pågående hänvisad enrum tolk informerad"
    " varför nytt_datum barn_far_illa utsatt något_ja slag ordning",
    "uppföljningar": "inskrivning_id* månader* samtycke datum utfall steget vidare_steg"
    " egen_försörjning nytta redo önskar_stöd kommentar ring_åter",
    "förlängningar": "inskrivning_id* datum* månader* försörjning orsak",
    "punktinsatser": "inskrivning_id* datum* månader_efter syfte minuter kommentar resultat",
    "planer": "inskrivning_id* datum* mål revideras",
    "anteckningar": "inskrivning_id* tid* medarbetare_id text*",
    "enkäter": "insats_id* tillfälle* år* kön svar",
    "mål": "insats_id år* mått* riktning värde* kommentar",
    "strukturinsatser": "insats_id* datum antal_deltagare föreläsare utställare kommentar",
    "jämförelser": "år* nivå* namn* insatser budget_deltagare deltagare nya avslutade anonyma"
    " budget_volym volym",
    "texter": "år* insats_id del* text*",
}


@pytest.fixture(scope="module")
def conn() -> driver.Connection:
    conn = driver.memory()
    migrations.migrate(conn)
    code_lists.install(conn)
    return conn


def test_the_tables_are_those_of_the_format() -> None:
    written = {
        table.name: " ".join(c.heading + "*" * c.required for c in table.columns)
        for table in tables()
    }
    assert written == FORMAT


@pytest.mark.parametrize("table", tables(), ids=[table.name for table in tables()])
def test_every_column_has_its_place_in_the_register(table: Table, conn: driver.Connection) -> None:
    columns = {str(row[1]) for row in conn.execute(f"PRAGMA table_info({table.table})")}
    assert {*stored_columns(table), *table.key, *table.unique} <= columns
    for column in table.columns:
        if column.role in ("several", "answers"):
            values = values_of(table, column)
            inside = {str(row[1]) for row in conn.execute(f"PRAGMA table_info({values.table})")}
            assert {values.owner, *values.columns} == inside


@pytest.mark.parametrize("table", tables(), ids=[table.name for table in tables()])
def test_rows_are_found_by_an_index(table: Table, conn: driver.Connection) -> None:
    by = table.found_by or ("id",)
    wanted = " AND ".join(f"{column} = ?" for column in by)
    sql = f"EXPLAIN QUERY PLAN SELECT * FROM {table.table} WHERE {wanted}"
    plan = " ".join(str(row[3]) for row in conn.execute(sql, ["x"] * len(by)))
    assert plan.startswith("SEARCH"), plan


def test_each_table_comes_after_those_that_it_leads_to() -> None:
    names = [table.name for table in tables()]
    for place, table in enumerate(tables()):
        assert {link.links_to for link in table.links} <= set(names[:place])


def test_every_field_with_a_heading_is_in_a_table() -> None:
    fields = {
        (field.import_name, field.codes)
        for name in catalogue.names()
        for field in catalogue.form(name).parts[0].fields
        if field.import_name
    }
    columns = {(c.heading, c.field.codes) for table in tables() for c in table.columns}
    assert fields <= columns
