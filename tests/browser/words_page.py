"""Every widget that pages may use; its users write in English, so that both can be told apart."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from ui import look

DAY = dt.date(2026, 11, 23)
TABLE = pd.DataFrame(
    {
        "名称": ["Search", "Close", None],
        "数": [1.5, 2, None],
        "日": pd.to_datetime(["2026-01-01", "2026-01-02", "2026-01-03"]),
    }
)


def everything() -> None:
    """The long page."""
    st.title("Rerun")
    st.markdown("Download")
    st.caption("Press Enter to apply")
    figures()
    st.dataframe(TABLE, key="table", on_select="rerun", selection_mode="multi-row", placeholder="—")
    st.table(TABLE.iloc[:0])
    chosen()
    written()
    st.plotly_chart(go.Figure(go.Bar(x=[1, 2], y=["Zoom", "乙"], orientation="h")), key="chart")
    around()


def figures() -> None:
    with st.container(key="figures-test"):
        for column, label in zip(st.columns(4), ("甲", "Error", "丙", "丁"), strict=True):
            column.metric(label, "1,234 人", "说明", border=True, help="Search")


def chosen() -> None:
    st.file_uploader("Upload", type=["xlsx", "csv"])
    st.file_uploader("几个", accept_multiple_files=True)
    st.selectbox("Open", ["甲", "No results", "丙"], index=None)
    st.selectbox("新的", ["甲"], index=None, accept_new_options=True)
    st.multiselect("Clear all", ["甲", "Select all", "丙"], default=["Select all"])
    st.multiselect("至多两个", ["甲", "乙", "丙"], default=["甲", "乙"], max_selections=2)
    st.date_input("日期", DAY, format="YYYY-MM-DD")
    st.date_input("没有日期", None, format="YYYY-MM-DD")
    st.date_input("时段", (DAY.replace(day=1), DAY), format="YYYY-MM-DD")
    st.datetime_input("日期和时间", dt.datetime(2026, 11, 23, 8, 30))  # noqa: DTZ001
    st.time_input("时间", dt.time(8, 30))
    st.segmented_control("分段", ["甲", "Stop"])
    st.feedback("stars")
    st.pagination(20)


def written() -> None:
    st.text_input("Show password", help="Search")
    st.text_input("密码", type="password")
    st.number_input("一到九", 1, 9, 3)
    with st.form("表单"):
        st.text_area("长文字")
        st.form_submit_button("Cancel")


def around() -> None:
    with st.expander("Settings"):
        st.write("里面")
    for tab, words in zip(st.tabs(["甲", "Help"]), ("Print", "乙"), strict=True):
        tab.write(words)
    with st.popover("Main menu"):
        st.write("里面")
    if st.button("打开对话框"):
        dialog()
    if st.button("提示"):
        st.toast("很长的话，" * 40, duration="infinite")
    st.download_button("Download as CSV", b"x", "x.csv")
    st.progress(0.4)
    st.code("甲")


def another() -> None:
    st.title("第二页")


@st.dialog("Dismiss")
def dialog() -> None:
    st.write("Page not found")


st.set_page_config(layout="wide")
look.apply()
pages = [st.Page(everything, title="Sidebar", default=True)]
pages += [st.Page(another, title=f"页{n}", url_path=f"p{n}") for n in range(14)]
st.navigation(pages, expanded=5).run()
st.sidebar.caption("View less")
if st.query_params.get("fail"):
    raise RuntimeError("a secret of the server")
