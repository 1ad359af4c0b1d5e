# What people type here; `make` alone lists it.
PORT ?= 8501
SANSHE_ADDRESS ?= 127.0.0.1
SANSHE_HOSTS ?= $(if $(filter 127.0.0.1 localhost,$(SANSHE_ADDRESS)),localhost 127.0.0.1)
DATA = $${SANSHE_DATA:-data}
# More than there are cores: half of the time a browser test waits for its page.
WORKERS ?= 3
ARGS ?=
export PYTHONUTF8 := 1
# Fewer heaps: some megabytes less of a server's memory.
export MALLOC_ARENA_MAX := 2

PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input install -qq
PINS := .venv-pins/bin/pip-compile --quiet --no-header --strip-extras --annotation-style=line \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options

.PHONY: help run sample test test-ime test-hard check bench format pins clean

help:
	@echo '可用的命令：'
	@echo '  make run     启动（首次会自动安装，并建好示例数据）'
	@echo '               换端口：make run PORT=8600'
	@echo '               让同一网络的手机也能打开：make run SANSHE_ADDRESS=0.0.0.0'
	@echo '               经域名访问时只认这些名字：make run SANSHE_HOSTS="a.example b.example"'
	@echo '  make test    全部测试（只测一部分：make test ARGS="tests/unit -k 名字"）'
	@echo '  make test-ime   用真正的拼音输入法测试表格（需要能装 fcitx5 的 Linux）'
	@echo '  make test-hard  断网、断电、两人抢改，各十遍；一位干事的上午和下午'
	@echo '  make check   代码规范、类型、分层约定'
	@echo '  make bench   速度与内存'
	@echo '  make format  整理代码格式'
	@echo '  make pins    按 requirements*.in 重新锁定依赖版本'
	@echo '  make clean   删除环境与缓存（data/ 里的数据不动）'

# Sample data, and its accounts with known passwords, only ever go into the embedded database,
# never into one that DATABASE_URL names.
run: .venv/.runtime
	@if [ -n "$$DATABASE_URL" ]; then $(PY) manage.py init && $(PY) manage.py migrate; \
	elif [ -e $(DATA)/sanshe.db ]; then $(PY) manage.py migrate; \
	else $(MAKE) --no-print-directory sample; fi
	@$(PY) manage.py accounts
	@$(PY) .ci/address.py $(SANSHE_ADDRESS) $(PORT)
	@exec $(PY) -m streamlit run app.py --server.address $(SANSHE_ADDRESS) --server.port $(PORT) \
		$(foreach host,$(SANSHE_HOSTS),--server.allowedHosts $(host))

# Made aside and moved when it is whole, so that an interrupted start begins anew.
sample: NEW := $(DATA)/new
sample: .venv/.runtime
	@rm -rf $(NEW) && mkdir -p -m 700 $(DATA) $(NEW)
	@DATABASE_URL=sqlite:///$(NEW)/sanshe.db $(PY) manage.py init --sample
	@[ ! -s $(NEW)/sanshe.db-wal ] && mv $(NEW)/sanshe.db $(DATA)/sanshe.db && rm -rf $(NEW)

test: .venv/.dev
	@CHROMIUM="$$(.ci/chromium $(PY))" && export CHROMIUM && \
	exec $(PY) -m pytest --numprocesses $(WORKERS) --dist loadgroup $(ARGS)

test-ime: .venv/.dev
	@.ci/ime && CHROMIUM="$$(.ci/chromium $(PY))" && export CHROMIUM && \
	exec $(PY) -m pytest --override-ini 'norecursedirs=.*' tests/ime $(ARGS)

test-hard: .venv/.dev
	@CHROMIUM="$$(.ci/chromium $(PY))" && export CHROMIUM && \
	HARD=1 TIMES=10 exec $(PY) -m pytest --override-ini faulthandler_timeout=1800 \
		tests/browser/test_durable.py tests/browser/test_morning.py $(ARGS)

check: .venv/.dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	LINT_IMPORTS=$(CURDIR)/.venv/bin/lint-imports .ci/contracts

bench: .venv/.dev
	@CHROMIUM="$$(.ci/chromium $(PY))" && export CHROMIUM && exec $(PY) -m bench $(ARGS)

format: .venv/.dev
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

pins:
	@[ -x .venv-pins/bin/pip-compile ] || { .ci/python -m venv --clear .venv-pins && \
	.venv-pins/bin/python -m pip install -qq pip-tools; }
	$(PINS) --output-file requirements.txt requirements.in
	$(PINS) --output-file requirements-dev.txt requirements-dev.in

clean:
	rm -rf .venv .venv-pins .pytest_cache .mypy_cache .ruff_cache .hypothesis tests/shots
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

$(PY):
	@.ci/python -m venv --clear .venv

.venv/.runtime: requirements.txt | $(PY)
	@echo '正在安装运行所需的软件包，首次约一分钟……'
	@$(PIP) -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.runtime
	@echo '正在安装测试所需的软件包……'
	@$(PIP) -r requirements.txt -r requirements-dev.txt
	@touch $@
