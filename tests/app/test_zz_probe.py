import time
import pytest, schemathesis
from collections import Counter
from hypothesis import given, settings, HealthCheck, Phase
from hypothesis import strategies as st
from api.service import service
from db.registers import BY_NAME
from tests.callers import in_use, signed_in
from tests.village import ADMIN, EAST
from schemathesis import GenerationMode
NAMES = st.sampled_from(sorted(BY_NAME))
IDS = st.sampled_from([EAST, "e-an", "e-bo", "e-cu", "e-home"])
def cells():
    from db.registers import REGISTERS
    names = sorted({n for r in REGISTERS for n in r.fields} | {"area_id","id"})
    return st.dictionaries(st.sampled_from(names), st.none()|st.booleans()|st.integers()|st.floats(allow_nan=False, allow_infinity=False)|st.text(max_size=20)|st.sampled_from(["e-an","east","2020-01-01","20515","是"]), max_size=4)

@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("aim", [False, True])
def test_p(village, mode, aim):
    schema = schemathesis.openapi.from_dict(service.openapi())
    with in_use(village) as on:
        caller, _ = signed_in(on, ADMIN)
        for result in schema.get_all_operations():
            op = result.ok()
            seen = Counter()
            fails = {}
            try: strat = op.as_strategy(generation_mode=mode)
            except Exception as e: print(op.label, repr(e)); continue
            @given(case=strat, data=st.data())
            @settings(max_examples=30, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
            def go(case, data):
                if aim:
                    for part in (case.query, case.body):
                        if isinstance(part, dict):
                            if "register" in part: part["register"] = data.draw(NAMES)
                            for k in ("id","area"):
                                if k in part: part[k] = data.draw(IDS)
                    if isinstance(case.body, dict) and isinstance(case.body.get("changes"), list):
                        for one in case.body["changes"]:
                            if isinstance(one, dict):
                                one["register"]=data.draw(NAMES); one["id"]=data.draw(IDS)
                                for k in ("before","after"):
                                    if one.get(k): one[k] = data.draw(cells())
                kw = case.as_transport_kwargs(base_url="http://testserver")
                kw.pop("cookies", None)
                a = caller.request(**kw)
                seen[a.status_code] += 1
                try:
                    case.validate_response(a)
                except BaseExceptionGroup as e:
                    for x in e.exceptions:
                        fails.setdefault(type(x).__name__, (str(x)[:900], {k:v for k,v in kw.items() if k!='headers'}, a.text[:200]))
            t=time.time()
            try: go()
            except Exception as e: print("EXC", repr(e)[:500])
            print(mode, aim, op.label, dict(seen), round(time.time()-t,1))
            for k,v in fails.items(): print("   ", k, str(v)[:1500])
