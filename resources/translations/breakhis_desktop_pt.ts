<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About BreakHis Desktop</source>
        <translation>Sobre o BreakHis Desktop</translation>
    </message>
    <message>
        <source>Sorts breast histology fields by suspicion of malignancy.</source>
        <translation>Ordena campos de histologia da mama por suspeita de malignidade.</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versão</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licença</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>not loaded</source>
        <translation>não carregados</translation>
    </message>
    <message>
        <source>{models}, made {date} with Keras {keras}</source>
        <translation>{models}, feitos em {date} com Keras {keras}</translation>
    </message>
    <message>
        <source>Model id</source>
        <translation>Id dos modelos</translation>
    </message>
    <message>
        <source>{name}, malignant from {threshold} upwards</source>
        <translation>{name}, maligno a partir de {threshold}</translation>
    </message>
    <message>
        <source>Operating point</source>
        <translation>Ponto de operação</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>The store with earlier runs is damaged; it now lies in {file}, and a new one is begun.</source>
        <translation>O banco de dados das análises anteriores está danificado; ficou em {file}, e um novo foi iniciado.</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Try again</source>
        <translation>Tentar de novo</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Retomar</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Dispensar</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Agora não</translation>
    </message>
</context>
<context>
    <name>CardPage</name>
    <message>
        <source>made {date} with Keras {keras}</source>
        <translation>feitos em {date} com Keras {keras}</translation>
    </message>
    <message>
        <source>id</source>
        <translation>id</translation>
    </message>
    <message>
        <source>Made for</source>
        <translation>Feitos para</translation>
    </message>
    <message>
        <source>Not to be used for</source>
        <translation>Não devem ser usados para</translation>
    </message>
    <message>
        <source>Operating point</source>
        <translation>Ponto de operação</translation>
    </message>
    <message>
        <source>Malignant from</source>
        <translation>Maligno a partir de</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation>Sensibilidade</translation>
    </message>
    <message>
        <source>Specificity</source>
        <translation>Especificidade</translation>
    </message>
    <message>
        <source>Operating points</source>
        <translation>Pontos de operação</translation>
    </message>
    <message>
        <source>By image</source>
        <translation>Por imagem</translation>
    </message>
    <message>
        <source>By patient</source>
        <translation>Por paciente</translation>
    </message>
    <message>
        <source>Subtype, by image</source>
        <translation>Subtipo, por imagem</translation>
    </message>
    <message>
        <source>On patients that the models had not seen, with 95 % intervals.</source>
        <translation>Em pacientes que os modelos não tinham visto, com intervalos de 95 %.</translation>
    </message>
    <message>
        <source>How well they did</source>
        <translation>Desempenho</translation>
    </message>
    <message>
        <source>Area under the ROC curve</source>
        <translation>Área sob a curva ROC</translation>
    </message>
    <message>
        <source>Share that was right</source>
        <translation>Proporção de acertos</translation>
    </message>
    <message>
        <source>Share found, all subtypes alike</source>
        <translation>Proporção encontrada, média entre os subtipos</translation>
    </message>
    <message>
        <source>Brier score, 0 being perfect</source>
        <translation>Índice de Brier (0 é perfeito)</translation>
    </message>
    <message>
        <source>Share of each subtype that was found</source>
        <translation>Proporção encontrada de cada subtipo</translation>
    </message>
    <message>
        <source>{images} images of {accessions} accessions</source>
        <translation>{images} imagens de {accessions} amostras</translation>
    </message>
    <message>
        <source>{name}: {images} images of {patients} patients and {accessions} accessions.</source>
        <translation>{name}: {images} imagens de {patients} pacientes e {accessions} amostras.</translation>
    </message>
    <message>
        <source>Learned from</source>
        <translation>Treinados com</translation>
    </message>
    <message>
        <source>By limits that were drawn for these models.</source>
        <translation>Por limites definidos para estes modelos.</translation>
    </message>
    <message>
        <source>By the program&apos;s own limits, since these models name none.</source>
        <translation>Pelos limites do próprio programa, pois estes modelos não indicam nenhum.</translation>
    </message>
    <message>
        <source>Quality gate</source>
        <translation>Controle de qualidade</translation>
    </message>
    <message>
        <source>Known limits</source>
        <translation>Limites conhecidos</translation>
    </message>
    <message>
        <source>Files, with their SHA-256</source>
        <translation>Arquivos, com o seu SHA-256</translation>
    </message>
    <message>
        <source>left out here, as {derived} is run in its place</source>
        <translation>deixado de fora aqui, pois {derived} é executado em seu lugar</translation>
    </message>
</context>
<context>
    <name>ContactSheet</name>
    <message>
        <source>Contact sheet of the results</source>
        <translation>Miniaturas dos resultados</translation>
    </message>
</context>
<context>
    <name>DetailPanel</name>
    <message>
        <source>Enlarge</source>
        <translation>Ampliar</translation>
    </message>
    <message>
        <source>Shows the image in a window of its own (Enter or Space); N and P go to the next and the previous</source>
        <translation>Mostra a imagem em uma janela própria (Enter ou Espaço); N e P vão para a seguinte e a anterior</translation>
    </message>
    <message>
        <source>Judge what was refused</source>
        <translation>Julgar as recusadas</translation>
    </message>
    <message>
        <source>Queues the refused images of this job again, without the quality gate; every output shows that</source>
        <translation>Põe de novo na fila as imagens recusadas deste trabalho, sem o controle de qualidade; todas as saídas o indicam</translation>
    </message>
    <message>
        <source>Benign or malignant</source>
        <translation>Benigno ou maligno</translation>
    </message>
    <message>
        <source>Subtype</source>
        <translation>Subtipo</translation>
    </message>
    <message>
        <source>Malignant</source>
        <translation>Maligno</translation>
    </message>
    <message>
        <source>PATIENT {name}</source>
        <translation>PACIENTE {name}</translation>
    </message>
    <message>
        <source>1 image in this run, at {mean}. {malignant} of 1 called malignant.</source>
        <translation>1 imagem nesta análise, com {mean}. Malignas: {malignant} de 1.</translation>
    </message>
    <message>
        <source>{images} images in this run. Mean {mean}, highest {highest}. {malignant} of {images} called malignant.</source>
        <translation>{images} imagens nesta análise. Média {mean}, máximo {highest}. Malignas: {malignant} de {images}.</translation>
    </message>
    <message>
        <source>Result of run {run}, which saw the same file</source>
        <translation>Resultado da análise {run}, que viu o mesmo arquivo</translation>
    </message>
</context>
<context>
    <name>Diagnostics</name>
    <message>
        <source>The file will hold the versions of the program and its libraries, its log, the settings without names and folders, the ids of the models, and how many runs and images there are.

Names of patients, images and folders are left out. Nothing is sent anywhere: you decide whom you give the file to.</source>
        <translation>O arquivo conterá as versões do programa e das suas bibliotecas, o seu log, as configurações sem nomes nem pastas, os ids dos modelos e quantas análises e imagens existem.

Nomes de pacientes, imagens e pastas ficam de fora. Nada é enviado: só você decide a quem entregar o arquivo.</translation>
    </message>
    <message>
        <source>Save diagnostics</source>
        <translation>Salvar diagnóstico</translation>
    </message>
    <message>
        <source>Written: {file}</source>
        <translation>Gravado: {file}</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Add folder…</source>
        <translation>Adicionar pasta…</translation>
    </message>
    <message>
        <source>Try the sample images</source>
        <translation>Experimentar com as imagens de exemplo</translation>
    </message>
</context>
<context>
    <name>ErrorDialog</name>
    <message>
        <source>Something went wrong</source>
        <translation>Ocorreu um erro</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Relatório</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Copiar relatório</translation>
    </message>
    <message>
        <source>The program has a fault. What is finished is in the store; go on, or start the program again. Please copy this report to whoever looks after the program: it names no patient and no file.</source>
        <translation>O programa tem uma falha. O que está concluído foi gravado; continue ou inicie o programa de novo. Copie este relatório para quem cuida do programa: ele não nomeia pacientes nem arquivos.</translation>
    </message>
    <message>
        <source>Something went wrong that should not</source>
        <translation>Ocorreu uma falha inesperada</translation>
    </message>
</context>
<context>
    <name>Exporter</name>
    <message>
        <source>Written: {file}</source>
        <translation>Gravado: {file}</translation>
    </message>
    <message>
        <source>Writing {name}…</source>
        <translation>Gravando {name}…</translation>
    </message>
    <message>
        <source>Export as {format}</source>
        <translation>Exportar como {format}</translation>
    </message>
    <message>
        <source>{name} results</source>
        <translation>{name} resultados</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Filter by subtype, status, magnification, patient and review; choose the columns</source>
        <translation>Filtrar por subtipo, estado, aumento, paciente e revisão; escolher as colunas</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Limpar</translation>
    </message>
    <message>
        <source>Clear all filters</source>
        <translation>Limpar todos os filtros</translation>
    </message>
    <message>
        <source>Search file, patient, note…</source>
        <translation>Buscar arquivo, paciente, nota…</translation>
    </message>
    <message>
        <source>Search the results</source>
        <translation>Buscar nos resultados</translation>
    </message>
    <message>
        <source>Shows the images with all these words in name, patient, reason or note (Ctrl+F)</source>
        <translation>Mostra as imagens com todas estas palavras no nome, paciente, motivo ou nota (Ctrl+F)</translation>
    </message>
    <message>
        <source>More: {0} ▾</source>
        <translation>Mais: {0} ▾</translation>
    </message>
    <message>
        <source>More ▾</source>
        <translation>Mais ▾</translation>
    </message>
</context>
<context>
    <name>FilterMenu</name>
    <message>
        <source>not known</source>
        <translation>desconhecido</translation>
    </message>
    <message>
        <source>Subtype</source>
        <translation>Subtipo</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Magnification</source>
        <translation>Aumento</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Limpar filtros</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisão</translation>
    </message>
    <message>
        <source>Not reviewed</source>
        <translation>Não revistas</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>Revistas</translation>
    </message>
    <message>
        <source>Patient…</source>
        <translation>Paciente…</translation>
    </message>
</context>
<context>
    <name>Glossary</name>
    <message>
        <source>Field</source>
        <translation>Campo</translation>
    </message>
    <message>
        <source>One photograph through the microscope, as opposed to the scan of a whole slide.</source>
        <translation>Uma fotografia feita ao microscópio, ao contrário da digitalização de uma lâmina inteira.</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Paciente</translation>
    </message>
    <message>
        <source>The slide id that the name of the image carries, such as 14-22549AB; all its images are summed up together.</source>
        <translation>O id da lâmina que o nome da imagem traz, como 14-22549AB; todas as suas imagens são resumidas em conjunto.</translation>
    </message>
    <message>
        <source>Accession</source>
        <translation>Amostra</translation>
    </message>
    <message>
        <source>The laboratory&apos;s number of a specimen, such as 22549; several slides may come from one.</source>
        <translation>O número que o laboratório dá a uma peça, como 22549; várias lâminas podem vir da mesma.</translation>
    </message>
    <message>
        <source>Magnification</source>
        <translation>Aumento</translation>
    </message>
    <message>
        <source>How much the microscope enlarged the field: 40×, 100×, 200× or 400×.</source>
        <translation>Quanto o microscópio ampliou o campo: 40×, 100×, 200× ou 400×.</translation>
    </message>
    <message>
        <source>Probability of malignant</source>
        <translation>Probabilidade de maligno</translation>
    </message>
    <message>
        <source>How sure the model is, from 0 to 1. It is calibrated: among many images at 0.80, about 80 in 100 would be malignant in a collection mixed like the one that the model learned from.</source>
        <translation>A certeza do modelo, de 0 a 1. É calibrada: entre muitas imagens com 0.80, cerca de 80 em 100 seriam malignas em uma coleção com a mesma composição daquela com que o modelo aprendeu.</translation>
    </message>
    <message>
        <source>Operating point</source>
        <translation>Ponto de operação</translation>
    </message>
    <message>
        <source>The probability from which on an image is called malignant. A lower one misses fewer malignant images and raises more false alarms.</source>
        <translation>A probabilidade a partir da qual uma imagem é chamada maligna. Se for mais baixa, menos imagens malignas passam despercebidas e há mais alarmes falsos.</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation>Sensibilidade</translation>
    </message>
    <message>
        <source>Of all images that are malignant, the share that was called malignant when the model was validated.</source>
        <translation>De todas as imagens malignas, a proporção que foi chamada maligna na validação do modelo.</translation>
    </message>
    <message>
        <source>Specificity</source>
        <translation>Especificidade</translation>
    </message>
    <message>
        <source>Of all images that are benign, the share that was called benign when the model was validated.</source>
        <translation>De todas as imagens benignas, a proporção que foi chamada benigna na validação do modelo.</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>Intervalo de 95 %</translation>
    </message>
    <message>
        <source>The range in which the true figure probably lies. It is wide where few specimens stand behind it.</source>
        <translation>A faixa em que provavelmente está o valor verdadeiro. É larga quando há poucas amostras por trás dele.</translation>
    </message>
    <message>
        <source>Needs review</source>
        <translation>Requer revisão</translation>
    </message>
    <message>
        <source>A person must look: the probability is near the operating point, the two models disagree, or the image is unusual.</source>
        <translation>Uma pessoa deve olhar: a probabilidade está perto do ponto de operação, os dois modelos discordam ou a imagem é incomum.</translation>
    </message>
    <message>
        <source>Models disagree</source>
        <translation>Modelos discordam</translation>
    </message>
    <message>
        <source>The first model calls the image benign or malignant, and the second favours a subtype of the other kind.</source>
        <translation>O primeiro modelo chama a imagem benigna ou maligna, e o segundo prefere um subtipo da outra espécie.</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Recusada</translation>
    </message>
    <message>
        <source>The image can be read but is not one to judge: blurred, empty glass, another stain, or unlike all training images.</source>
        <translation>A imagem pode ser lida, mas não deve ser julgada: desfocada, vidro vazio, outra coloração ou diferente de todas as imagens de treino.</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>Mapa de calor</translation>
    </message>
    <message>
        <source>Which parts of the image spoke for the model&apos;s answer. It is no outline of a lesion and proves nothing.</source>
        <translation>Que partes da imagem falaram a favor da resposta do modelo. Não é o contorno de uma lesão e não prova nada.</translation>
    </message>
    <message>
        <source>Model bundle</source>
        <translation>Pacote de modelos</translation>
    </message>
    <message>
        <source>The folder with both models, their card and known images on which they are checked each time they load.</source>
        <translation>A pasta com os dois modelos, a sua ficha e imagens conhecidas com as quais são verificados sempre que são carregados.</translation>
    </message>
    <message>
        <source>Benign</source>
        <translation>Benigno</translation>
    </message>
    <message>
        <source>Not cancer. Subtypes: adenosis (A), fibroadenoma (F), phyllodes tumour (PT) and tubular adenoma (TA).</source>
        <translation>Sem neoplasia maligna. Subtipos: adenose (A), fibroadenoma (F), tumor filoide (PT) e adenoma tubular (TA).</translation>
    </message>
    <message>
        <source>Malignant</source>
        <translation>Maligno</translation>
    </message>
    <message>
        <source>Cancer. Subtypes: ductal carcinoma (DC), lobular carcinoma (LC), mucinous carcinoma (MC) and papillary carcinoma (PC).</source>
        <translation>Neoplasia maligna. Subtipos: carcinoma ductal (DC), carcinoma lobular (LC), carcinoma mucinoso (MC) e carcinoma papilar (PC).</translation>
    </message>
    <message>
        <source>H&amp;E</source>
        <translation>H&amp;E</translation>
    </message>
    <message>
        <source>Haematoxylin and eosin, the common stain that colours nuclei blue-violet and the rest pink.</source>
        <translation>Hematoxilina e eosina, a coloração comum que mostra os núcleos em azul-violeta e o resto em rosa.</translation>
    </message>
</context>
<context>
    <name>HeatControls</name>
    <message>
        <source>Heat map</source>
        <translation>Mapa de calor</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Desligado</translation>
    </message>
    <message>
        <source>Malignant</source>
        <translation>Maligno</translation>
    </message>
    <message>
        <source>Strength of the heat map</source>
        <translation>Intensidade do mapa de calor</translation>
    </message>
    <message>
        <source>Subtype</source>
        <translation>Subtipo</translation>
    </message>
    <message>
        <source>where the model found it; not a delineation</source>
        <translation>onde o modelo o encontrou; não delimita</translation>
    </message>
    <message>
        <source>Shows how much each place adds to what the model finds (its logit). The strongest place of an image glows fully if it adds {full:g} or more; where every place adds less, the image glows less. What speaks against it does not glow. H takes the map away and brings it back.</source>
        <translation>Mostra quanto cada lugar acrescenta ao que o modelo encontra (o seu logit). O lugar mais forte de uma imagem brilha por completo se acrescentar {full:g} ou mais; onde todos acrescentam menos, a imagem brilha menos. O que fala contra não brilha. H tira o mapa e o traz de volta.</translation>
    </message>
</context>
<context>
    <name>HelpDialog</name>
    <message>
        <source>Help</source>
        <translation>Ajuda</translation>
    </message>
</context>
<context>
    <name>IdentityDialog</name>
    <message>
        <source>How patients are read</source>
        <translation>Como os pacientes são lidos</translation>
    </message>
    <message>
        <source>Use this rule</source>
        <translation>Usar esta regra</translation>
    </message>
    <message>
        <source>Official BreakHis names, such as SOB_M_DC-14-22549AB-400-031.png</source>
        <translation>Nomes oficiais do BreakHis, como SOB_M_DC-14-22549AB-400-031.png</translation>
    </message>
    <message>
        <source>The folder above names the patient</source>
        <translation>A pasta acima dá o nome do paciente</translation>
    </message>
    <message>
        <source>A pattern of the names</source>
        <translation>Um padrão dos nomes</translation>
    </message>
    <message>
        <source>A table (CSV) with the columns file, patient and magnification</source>
        <translation>Uma tabela (CSV) com as colunas file, patient e magnification</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>Padrão</translation>
    </message>
    <message>
        <source>Compared with the name without its ending; a slash reaches the folder above. A regular expression works, too.</source>
        <translation>É comparado com o nome sem a extensão; uma barra alcança a pasta acima. Uma expressão regular também serve.</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabela</translation>
    </message>
    <message>
        <source>patients.csv</source>
        <translation>pacientes.csv</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Escolher…</translation>
    </message>
    <message>
        <source>What the rule reads of the first files</source>
        <translation>O que a regra lê dos primeiros arquivos</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Arquivo</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Paciente</translation>
    </message>
    <message>
        <source>Mag.</source>
        <translation>Aum.</translation>
    </message>
    <message>
        <source>What a rule leaves open, an official name may still say.</source>
        <translation>O que uma regra deixa em aberto, um nome oficial ainda pode dizer.</translation>
    </message>
    <message>
        <source>Choose the table</source>
        <translation>Escolher a tabela</translation>
    </message>
    <message>
        <source>CSV (*.csv);;All files (*)</source>
        <translation>CSV (*.csv);;Todos os arquivos (*)</translation>
    </message>
    <message>
        <source>There is no image to try the rule on.</source>
        <translation>Não há imagem para experimentar a regra.</translation>
    </message>
    <message>
        <source>Of the first {count} images, {patients} name a patient and {magnifications} a magnification.</source>
        <translation>Das primeiras {count} imagens, {patients} indicam um paciente e {magnifications} um aumento.</translation>
    </message>
</context>
<context>
    <name>IdentityRule</name>
    <message>
        <source>patient from folder</source>
        <translation>paciente pela pasta</translation>
    </message>
    <message>
        <source>pattern {pattern}</source>
        <translation>padrão {pattern}</translation>
    </message>
    <message>
        <source>table {name}</source>
        <translation>tabela {name}</translation>
    </message>
    <message>
        <source>official names</source>
        <translation>nomes oficiais</translation>
    </message>
</context>
<context>
    <name>ImageNavigation</name>
    <message>
        <source>Choose a row to see its image.</source>
        <translation>Escolha uma linha para ver a sua imagem.</translation>
    </message>
    <message>
        <source>There is no picture.</source>
        <translation>Não há imagem.</translation>
    </message>
    <message>
        <source>{row} of {rows}</source>
        <translation>{row} de {rows}</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Abrindo…</translation>
    </message>
</context>
<context>
    <name>ImageView</name>
    <message>
        <source>Chosen image</source>
        <translation>Imagem escolhida</translation>
    </message>
    <message>
        <source>Plus and minus zoom, F fits, 1 shows it pixel by pixel, Shift and arrows move it, Left and Right go to other images</source>
        <translation>Mais e menos ampliam e reduzem, F ajusta, 1 mostra pixel a pixel, Shift e setas movem, Esquerda e Direita vão para outras imagens</translation>
    </message>
    <message>
        <source>{length}: by the pixel size that the authors of BreakHis state (Spanhol et al. 2016, Table 1). It was computed, not measured; by the size of nuclei, the true scale is rather 3.3 times as large.</source>
        <translation>{length}: pelo tamanho de pixel que os autores do BreakHis declaram (Spanhol et al. 2016, Tabela 1). Foi calculado, não medido; pelo tamanho dos núcleos, a escala verdadeira é cerca de 3.3 vezes maior.</translation>
    </message>
    <message>
        <source>{length} µm, as published</source>
        <translation>{length} µm, como publicado</translation>
    </message>
</context>
<context>
    <name>Intake</name>
    <message>
        <source>Synthetic samples</source>
        <translation>Exemplos sintéticos</translation>
    </message>
    <message>
        <source>{name}, without the gate</source>
        <translation>{name}, sem controle de qualidade</translation>
    </message>
    <message>
        <source>{name}, failed files</source>
        <translation>{name}, arquivos com falha</translation>
    </message>
    <message>
        <source>Add a folder of images</source>
        <translation>Adicionar uma pasta de imagens</translation>
    </message>
    <message>
        <source>Add images</source>
        <translation>Adicionar imagens</translation>
    </message>
    <message>
        <source>Images ({patterns});;All files (*)</source>
        <translation>Imagens ({patterns});;Todos os arquivos (*)</translation>
    </message>
</context>
<context>
    <name>Job</name>
    <message>
        <source>{count} files from {folder}</source>
        <translation>{count} arquivos de {folder}</translation>
    </message>
</context>
<context>
    <name>JobDelegate</name>
    <message>
        <source>cancelled</source>
        <translation>cancelado</translation>
    </message>
    <message>
        <source>✓ done</source>
        <translation>✓ pronto</translation>
    </message>
    <message>
        <source>next</source>
        <translation>a seguir</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>em espera</translation>
    </message>
    <message>
        <source>cancelling</source>
        <translation>cancelando</translation>
    </message>
    <message>
        <source>pausing</source>
        <translation>pausando</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>em pausa</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>parado</translation>
    </message>
    <message>
        <source>Interrupted after {ended} of {queued}.</source>
        <translation>Interrompido após {ended} de {queued}.</translation>
    </message>
    <message>
        <source>Paused after {ended} of {queued}.</source>
        <translation>Em pausa após {ended} de {queued}.</translation>
    </message>
    <message>
        <source>Could not go on. Choose it to read why.</source>
        <translation>Não pôde continuar. Escolha-o para ler o motivo.</translation>
    </message>
    <message>
        <source>Could not run. Choose it to read why.</source>
        <translation>Não pôde ser analisado. Escolha-o para ler o motivo.</translation>
    </message>
    <message>
        <source>1 image</source>
        <translation>1 imagem</translation>
    </message>
    <message>
        <source>{count} images</source>
        <translation>{count} imagens</translation>
    </message>
    <message>
        <source>Not started yet.</source>
        <translation>Ainda não iniciado.</translation>
    </message>
    <message>
        <source>Waits for the models or for its turn.</source>
        <translation>Espera pelos modelos ou pela sua vez.</translation>
    </message>
    <message>
        <source>{ended} of {queued}</source>
        <translation>{ended} de {queued}</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>faltam {time}</translation>
    </message>
</context>
<context>
    <name>JobWords</name>
    <message>
        <source>Add a folder of images to begin</source>
        <translation>Adicione uma pasta de imagens para começar</translation>
    </message>
    <message>
        <source>Drop folders or images anywhere in this window, then press Start. The most suspicious images come first.</source>
        <translation>Solte pastas ou imagens em qualquer lugar desta janela e pressione Iniciar. As imagens mais suspeitas vêm primeiro.</translation>
    </message>
    <message>
        <source>Its results are being fetched.</source>
        <translation>Os seus resultados estão sendo carregados.</translation>
    </message>
    <message>
        <source>Stopped. {reason}</source>
        <translation>Parado. {reason}</translation>
    </message>
    <message>
        <source>Queued. It can be analysed once the models are loaded.</source>
        <translation>Na fila. Pode ser analisado assim que os modelos estiverem carregados.</translation>
    </message>
    <message>
        <source>No answer from {file}. Check the drive or the network; Cancel ends the job at once.</source>
        <translation>{file} não responde. Verifique a unidade ou a rede; Cancelar encerra o trabalho na hora.</translation>
    </message>
    <message>
        <source>Interrupted before its first results. Press Resume to go on.</source>
        <translation>Interrompido antes dos primeiros resultados. Pressione Retomar para continuar.</translation>
    </message>
    <message>
        <source>Paused before its first results. Press Resume to go on.</source>
        <translation>Em pausa antes dos primeiros resultados. Pressione Retomar para continuar.</translation>
    </message>
    <message>
        <source>Pausing. What is finished is kept.</source>
        <translation>Pausando. O que está concluído fica guardado.</translation>
    </message>
    <message>
        <source>Queued. Press Start to analyse it.</source>
        <translation>Na fila. Pressione Iniciar para analisar.</translation>
    </message>
    <message>
        <source>Waiting. It starts as soon as the models are loaded and earlier jobs have ended.</source>
        <translation>Em espera. Começa assim que os modelos estiverem carregados e os trabalhos anteriores tiverem terminado.</translation>
    </message>
    <message>
        <source>Running. The first results come in a moment.</source>
        <translation>Em andamento. Os primeiros resultados chegam em instantes.</translation>
    </message>
    <message>
        <source>Cancelling. What is finished is kept.</source>
        <translation>Cancelando. O que está concluído fica guardado.</translation>
    </message>
    <message>
        <source>Ended.</source>
        <translation>Terminado.</translation>
    </message>
</context>
<context>
    <name>LaneChips</name>
    <message>
        <source>All</source>
        <translation>Todas</translation>
    </message>
    <message>
        <source>Malignant</source>
        <translation>Maligno</translation>
    </message>
    <message>
        <source>Benign</source>
        <translation>Benigno</translation>
    </message>
    <message>
        <source>Needs review</source>
        <translation>Requer revisão</translation>
    </message>
    <message>
        <source>{reviewed} of {asked} reviewed; the most doubtful come first</source>
        <translation>{reviewed} de {asked} revistas; as mais duvidosas vêm primeiro</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>en</source>
        <translation>pt</translation>
    </message>
</context>
<context>
    <name>LargerView</name>
    <message>
        <source>Previous (P)</source>
        <translation>Anterior (P)</translation>
    </message>
    <message>
        <source>Next (N)</source>
        <translation>Seguinte (N)</translation>
    </message>
    <message>
        <source>Smaller (−)</source>
        <translation>Menor (−)</translation>
    </message>
    <message>
        <source>Larger (+)</source>
        <translation>Maior (+)</translation>
    </message>
    <message>
        <source>Fit (F)</source>
        <translation>Ajustar (F)</translation>
    </message>
    <message>
        <source>The whole image</source>
        <translation>A imagem inteira</translation>
    </message>
    <message>
        <source>1:1</source>
        <translation>1:1</translation>
    </message>
    <message>
        <source>A pixel of the image is one of the screen (1)</source>
        <translation>Um pixel da imagem é um do monitor (1)</translation>
    </message>
</context>
<context>
    <name>Leaving</name>
    <message>
        <source>A job is running. What is finished is kept; a paused job can be resumed at the next start.</source>
        <translation>Um trabalho está em andamento. O que está concluído fica guardado; um trabalho em pausa pode ser retomado no próximo início.</translation>
    </message>
    <message>
        <source>Pause and close</source>
        <translation>Pausar e fechar</translation>
    </message>
    <message>
        <source>Cancel the job and close</source>
        <translation>Cancelar o trabalho e fechar</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>Continuar</translation>
    </message>
</context>
<context>
    <name>Ledger</name>
    <message>
        <source>{count} to go</source>
        <translation>{count} a fazer</translation>
    </message>
    <message>
        <source>{count} queued</source>
        <translation>{count} na fila</translation>
    </message>
    <message>
        <source>{count} done</source>
        <translation>{count} concluídas</translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>{count} com falha</translation>
    </message>
    <message>
        <source>{count} refused</source>
        <translation>{count} recusadas</translation>
    </message>
    <message>
        <source>{count} skipped</source>
        <translation>{count} ignoradas</translation>
    </message>
    <message>
        <source>{count} cancelled</source>
        <translation>{count} canceladas</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Export</source>
        <translation>Exportar</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Sair</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Configurações…</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Fila</translation>
    </message>
    <message>
        <source>Chosen image</source>
        <translation>Imagem escolhida</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Tela cheia</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelos…</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Ajuda</translation>
    </message>
    <message>
        <source>Save diagnostics…</source>
        <translation>Salvar diagnóstico…</translation>
    </message>
    <message>
        <source>About BreakHis Desktop</source>
        <translation>Sobre o BreakHis Desktop</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Arquivo</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Editar</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ver</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>A&amp;nálise</translation>
    </message>
    <message>
        <source>Revie&amp;w</source>
        <translation>&amp;Revisão</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>Aj&amp;uda</translation>
    </message>
</context>
<context>
    <name>ModelBundles</name>
    <message>
        <source>New runs use these models. A job that runs ends with the ones that it began with.</source>
        <translation>As novas análises usam estes modelos. Um trabalho em andamento termina com aqueles com que começou.</translation>
    </message>
    <message>
        <source>Choose the folder of a model bundle</source>
        <translation>Escolher a pasta de um pacote de modelos</translation>
    </message>
    <message>
        <source>Installed: {models}. It passed every check.</source>
        <translation>Instalados: {models}. Passaram em todas as verificações.</translation>
    </message>
    <message>
        <source>Removed.</source>
        <translation>Removidos.</translation>
    </message>
</context>
<context>
    <name>ModelStatus</name>
    <message>
        <source>checked on {count} known images</source>
        <translation>verificados com {count} imagens conhecidas</translation>
    </message>
    <message>
        <source>{engine} · models checked</source>
        <translation>{engine} · modelos verificados</translation>
    </message>
    <message>
        <source>No models: nothing can be analysed.</source>
        <translation>Sem modelos: nada pode ser analisado.</translation>
    </message>
    <message>
        <source>no models</source>
        <translation>sem modelos</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>Card of the selected models</source>
        <translation>Ficha dos modelos selecionados</translation>
    </message>
    <message>
        <source>Install…</source>
        <translation>Instalar…</translation>
    </message>
    <message>
        <source>Check the models in a folder and copy them into the program&apos;s own</source>
        <translation>Verificar os modelos de uma pasta e copiá-los para a do programa</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
    <message>
        <source>Delete the installed copy; the models that ship and those in use stay</source>
        <translation>Apagar a cópia instalada; os modelos que vêm com o programa e os que estão em uso ficam</translation>
    </message>
    <message>
        <source>Use for new runs</source>
        <translation>Usar em novas análises</translation>
    </message>
    <message>
        <source>A job that runs ends with the models that it began with</source>
        <translation>Um trabalho em andamento termina com os modelos com que começou</translation>
    </message>
    <message>
        <source>Models of the program</source>
        <translation>Modelos do programa</translation>
    </message>
    <message>
        <source>installed</source>
        <translation>instalados</translation>
    </message>
    <message>
        <source>ships with the program</source>
        <translation>vêm com o programa</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>não podem ser lidos</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>em uso</translation>
    </message>
</context>
<context>
    <name>NoMatch</name>
    <message>
        <source>Clear filters</source>
        <translation>Limpar filtros</translation>
    </message>
    <message>
        <source>Nothing matches the filter</source>
        <translation>Nada corresponde ao filtro</translation>
    </message>
    <message>
        <source>The one image of this job is hidden.</source>
        <translation>A única imagem deste trabalho está oculta.</translation>
    </message>
    <message>
        <source>All {0} images of this job are hidden.</source>
        <translation>Todas as {0} imagens deste trabalho estão ocultas.</translation>
    </message>
</context>
<context>
    <name>OperatingPoint</name>
    <message>
        <source>The operating point is the probability from which an image is called malignant.
Lower, fewer malignant images are missed and more benign ones are called malignant; higher, the other way round.
The probabilities stay as they are, and nothing is analysed again.</source>
        <translation>O ponto de operação é a probabilidade a partir da qual uma imagem é chamada maligna.
Mais baixo, menos imagens malignas passam despercebidas e mais benignas são chamadas malignas; mais alto, o contrário.
As probabilidades ficam como estão, e nada é analisado de novo.</translation>
    </message>
    <message>
        <source>sensitivity {}</source>
        <translation>sensibilidade {}</translation>
    </message>
    <message>
        <source>specificity {}</source>
        <translation>especificidade {}</translation>
    </message>
    <message>
        <source>Sensitivity: the share of malignant images that are called malignant.</source>
        <translation>Sensibilidade: a proporção de imagens malignas que são chamadas malignas.</translation>
    </message>
    <message>
        <source>In the validation it was {} of 100, with a 95 % interval from {} to {}; the others were missed.</source>
        <translation>Na validação foi de {} em 100, com um intervalo de 95 % de {} a {}; as outras passaram despercebidas.</translation>
    </message>
    <message>
        <source>Specificity: the share of benign images that are called benign.</source>
        <translation>Especificidade: a proporção de imagens benignas que são chamadas benignas.</translation>
    </message>
    <message>
        <source>In the validation it was {} of 100, with a 95 % interval from {} to {}; the others were called malignant.</source>
        <translation>Na validação foi de {} em 100, com um intervalo de 95 % de {} a {}; as outras foram chamadas malignas.</translation>
    </message>
    <message>
        <source>Nothing is known of this threshold: what was validated is the presets alone.</source>
        <translation>Nada se sabe deste limiar: só as predefinições foram validadas.</translation>
    </message>
    <message>
        <source>Validation: {}</source>
        <translation>Validação: {}</translation>
    </message>
    <message>
        <source>Measured on images of patients that the models had not seen.
A preset&apos;s figures count in that its threshold had to be found; those of other thresholds do not, so whoever picks one by them should expect somewhat worse.</source>
        <translation>Medido em imagens de pacientes que os modelos não tinham visto.
Os valores de uma predefinição levam em conta que o seu limiar teve de ser encontrado; os dos outros limiares não, de modo que quem escolhe um por eles deve esperar algo pior.</translation>
    </message>
    <message>
        <source>The run was made at this point</source>
        <translation>A execução foi feita neste ponto</translation>
    </message>
    <message>
        <source>Changed from the run&apos;s own point ({}, {})</source>
        <translation>Diferente do ponto próprio da análise ({}, {})</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>desconhecido</translation>
    </message>
    <message>
        <source>It is not known at this threshold.</source>
        <translation>Não é conhecida neste limiar.</translation>
    </message>
</context>
<context>
    <name>OperatingPointBar</name>
    <message>
        <source>Threshold</source>
        <translation>Limiar</translation>
    </message>
    <message>
        <source>How many images of this run have which probability of malignant, 0 on the left, 1 on the right</source>
        <translation>Quantas imagens desta análise têm que probabilidade de maligno, 0 à esquerda, 1 à direita</translation>
    </message>
    <message>
        <source>Back to it</source>
        <translation>Voltar a ele</translation>
    </message>
    <message>
        <source>Operating point</source>
        <translation>Ponto de operação</translation>
    </message>
    <message>
        <source>Arrow keys move it by a hundredth.</source>
        <translation>As setas o movem um centésimo.</translation>
    </message>
</context>
<context>
    <name>OverrideDialog</name>
    <message>
        <source>Override the model</source>
        <translation>Corrigir o modelo</translation>
    </message>
    <message>
        <source>Override the refusal</source>
        <translation>Corrigir a recusa</translation>
    </message>
    <message>
        <source>Benign</source>
        <translation>Benigno</translation>
    </message>
    <message>
        <source>Malignant</source>
        <translation>Maligno</translation>
    </message>
    <message>
        <source>What you see that the model does not</source>
        <translation>O que você vê e o modelo não</translation>
    </message>
    <message>
        <source>Your name, as it shall stand on record</source>
        <translation>O seu nome, como deve constar</translation>
    </message>
    <message>
        <source>Override</source>
        <translation>Corrigir</translation>
    </message>
    <message>
        <source>The image is</source>
        <translation>A imagem é</translation>
    </message>
    <message>
        <source>Subtype</source>
        <translation>Subtipo</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>Reviewer</source>
        <translation>Revisor</translation>
    </message>
    <message>
        <source>The quality gate refused this image, so the models say nothing of it. That stays on record beside your label.</source>
        <translation>O controle de qualidade recusou esta imagem, por isso os modelos nada dizem dela. Isso fica guardado ao lado da sua resposta.</translation>
    </message>
    <message>
        <source>The model says {decision}, {subtype}. Its label stays on record beside yours.</source>
        <translation>O modelo diz {decision}, {subtype}. A resposta dele continua guardada ao lado da sua.</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>não indicado</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>Patients</source>
        <translation>Pacientes</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Resumo</translation>
    </message>
</context>
<context>
    <name>PatientsDialog</name>
    <message>
        <source>Show patients</source>
        <translation>Mostrar pacientes</translation>
    </message>
    <message>
        <source>Search patient…</source>
        <translation>Buscar paciente…</translation>
    </message>
    <message>
        <source>Patients</source>
        <translation>Pacientes</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>desconhecido</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
</context>
<context>
    <name>PatientsModel</name>
    <message>
        <source>Patient</source>
        <translation>Paciente</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Imagens</translation>
    </message>
    <message>
        <source>Magnifications</source>
        <translation>Aumentos</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Média</translation>
    </message>
    <message>
        <source>Highest</source>
        <translation>Máximo</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Decisão</translation>
    </message>
    <message>
        <source>Called malignant</source>
        <translation>Malignas</translation>
    </message>
    <message>
        <source>The accession that an official name states, or the patient that the job&apos;s rule reads</source>
        <translation>A amostra que um nome oficial indica, ou o paciente que a regra do trabalho lê</translation>
    </message>
    <message>
        <source>How many images of the patient were judged in this job</source>
        <translation>Quantas imagens do paciente foram julgadas neste trabalho</translation>
    </message>
    <message>
        <source>At which magnifications the images were taken, and how many at each</source>
        <translation>Com que aumentos as imagens foram feitas, e quantas com cada um</translation>
    </message>
    <message>
        <source>The mean probability of malignant over the patient&apos;s images; the tick marks the operating point of the images</source>
        <translation>A probabilidade média de maligno das imagens do paciente; o traço marca o ponto de operação das imagens</translation>
    </message>
    <message>
        <source>The highest probability of malignant of any of the patient&apos;s images</source>
        <translation>A maior probabilidade de maligno entre as imagens do paciente</translation>
    </message>
    <message>
        <source>Malignant where the mean reaches the operating point; a diamond marks a benign mean with a suspicious image</source>
        <translation>Maligno quando a média alcança o ponto de operação; um losango marca uma média benigna com uma imagem suspeita</translation>
    </message>
    <message>
        <source>How many of the patient&apos;s images are called malignant</source>
        <translation>Quantas imagens do paciente são chamadas malignas</translation>
    </message>
    <message>
        <source>suspicious image</source>
        <translation>suspeita</translation>
    </message>
    <message>
        <source>{called} of {images}</source>
        <translation>{called} de {images}</translation>
    </message>
    <message>
        <source>No patient known</source>
        <translation>Paciente desconhecido</translation>
    </message>
</context>
<context>
    <name>PatientsView</name>
    <message>
        <source>Patients and their images</source>
        <translation>Pacientes e as suas imagens</translation>
    </message>
    <message>
        <source>A patient is called by the mean probability over all judged images, at the operating point of the images. One image above it is shown even where the mean is benign. Enter or a double click opens a patient&apos;s images in the table.</source>
        <translation>Um paciente é classificado pela probabilidade média de todas as imagens julgadas, no ponto de operação das imagens. Uma imagem acima dele é assinalada mesmo quando a média é benigna. Enter ou um duplo clique abre as imagens de um paciente na tabela.</translation>
    </message>
</context>
<context>
    <name>PdfPreview</name>
    <message>
        <source>Preview of the report</source>
        <translation>Prévia do relatório</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>No heat map: the models did not judge this image.</source>
        <translation>Sem mapa de calor: os modelos não julgaram esta imagem.</translation>
    </message>
    <message>
        <source>No heat map: an earlier version of the program made this run. Analyse the image again to have one.</source>
        <translation>Sem mapa de calor: uma versão anterior do programa fez esta análise. Analise a imagem de novo para ter um.</translation>
    </message>
</context>
<context>
    <name>QueueKeeper</name>
    <message>
        <source>This window&apos;s queue is not kept for the next start: another window keeps its own, or the store cannot be read.</source>
        <translation>A fila desta janela não será guardada para o próximo início: outra janela guarda a dela, ou o banco de dados não pode ser lido.</translation>
    </message>
    <message>
        <source>The queue is not kept for the next start. {reason}</source>
        <translation>A fila não será guardada para o próximo início. {reason}</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
    <message>
        <source>Take the chosen job off the queue (Del); its results stay in the store</source>
        <translation>Tira o trabalho escolhido da fila (Del); os seus resultados continuam guardados</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Carregando…</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Fila</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Mover para cima</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Mover para baixo</translation>
    </message>
    <message>
        <source>Retry failed files</source>
        <translation>Repetir os arquivos com falha</translation>
    </message>
    <message>
        <source>How patients are read…</source>
        <translation>Como os pacientes são lidos…</translation>
    </message>
    <message>
        <source>Remove from the queue</source>
        <translation>Remover da fila</translation>
    </message>
    <message>
        <source>More ▾</source>
        <translation>Mais ▾</translation>
    </message>
    <message>
        <source>Move the chosen job, try its failed files again, or choose how its patients are read</source>
        <translation>Mover o trabalho escolhido, repetir os seus arquivos com falha ou escolher como os seus pacientes são lidos</translation>
    </message>
    <message>
        <source>Drop folders or images here
or press Ctrl+O</source>
        <translation>Arraste pastas ou imagens
ou pressione Ctrl+O</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
</context>
<context>
    <name>RecentFolders</name>
    <message>
        <source>Recent folders</source>
        <translation>Pastas recentes</translation>
    </message>
    <message>
        <source>Forget these</source>
        <translation>Esquecer estas</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Report</source>
        <translation>Relatório</translation>
    </message>
    <message>
        <source>All images of the job</source>
        <translation>Todas as imagens do trabalho</translation>
    </message>
    <message>
        <source>One patient</source>
        <translation>Um paciente</translation>
    </message>
    <message>
        <source>The chosen images ({count})</source>
        <translation>As imagens escolhidas ({count})</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Escolher…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>Salvar como PDF…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Imprimir…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>none</source>
        <translation>nenhum</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Paciente</translation>
    </message>
    <message>
        <source>Name above the report</source>
        <translation>Nome no alto do relatório</translation>
    </message>
    <message>
        <source>Laboratory</source>
        <translation>Laboratório</translation>
    </message>
    <message>
        <source>What the reader should know</source>
        <translation>O que o leitor deve saber</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Comentário</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Sobre</translation>
    </message>
    <message>
        <source>Logo:</source>
        <translation>Logo:</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Imagens</translation>
    </message>
    <message>
        <source>Logo of the laboratory</source>
        <translation>Logotipo do laboratório</translation>
    </message>
    <message>
        <source>Making the report…</source>
        <translation>Preparando o relatório…</translation>
    </message>
</context>
<context>
    <name>ReportMaker</name>
    <message>
        <source>Written: {file}</source>
        <translation>Gravado: {file}</translation>
    </message>
    <message>
        <source>The report is on its way to the printer.</source>
        <translation>O relatório foi enviado à impressora.</translation>
    </message>
</context>
<context>
    <name>ResultColumns</name>
    <message>
        <source>reviewed: {decision}</source>
        <translation>revista: {decision}</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Imagem</translation>
    </message>
    <message>
        <source>The file&apos;s name</source>
        <translation>O nome do arquivo</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Paciente</translation>
    </message>
    <message>
        <source>As the job reads patients, else the slide id that an official BreakHis file name carries</source>
        <translation>Como o trabalho lê os pacientes; se não, o id da lâmina que um nome oficial do BreakHis traz</translation>
    </message>
    <message>
        <source>Mag.</source>
        <translation>Aum.</translation>
    </message>
    <message>
        <source>Magnification, as the job reads it, else as an official BreakHis file name states it</source>
        <translation>O aumento, como o trabalho o lê; se não, como um nome oficial do BreakHis o indica</translation>
    </message>
    <message>
        <source>Malignant</source>
        <translation>Maligno</translation>
    </message>
    <message>
        <source>Calibrated probability of malignant; the tick marks the operating point from which an image is called malignant</source>
        <translation>Probabilidade calibrada de maligno; o traço marca o ponto de operação a partir do qual uma imagem é chamada maligna</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Decisão</translation>
    </message>
    <message>
        <source>Malignant from the operating point upwards; else how the image ended</source>
        <translation>Maligno a partir do ponto de operação; se não foi julgada, como a imagem terminou</translation>
    </message>
    <message>
        <source>Subtype</source>
        <translation>Subtipo</translation>
    </message>
    <message>
        <source>The most probable of the eight subtypes</source>
        <translation>O mais provável dos oito subtipos</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisão</translation>
    </message>
    <message>
        <source>Why a human should look, or why there is no result</source>
        <translation>Por que uma pessoa deve olhar, ou por que não há resultado</translation>
    </message>
</context>
<context>
    <name>ResultsArea</name>
    <message>
        <source>Table</source>
        <translation>Tabela</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>Miniaturas</translation>
    </message>
</context>
<context>
    <name>ResultsTable</name>
    <message>
        <source>Results</source>
        <translation>Resultados</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>Copiar linhas</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Selecionar tudo</translation>
    </message>
</context>
<context>
    <name>ResumeOffer</name>
    <message>
        <source>A run over {where} from {when} was interrupted after {ended} of {queued} images.</source>
        <translation>Uma análise de {where} de {when} foi interrompida após {ended} de {queued} imagens.</translation>
    </message>
    <message>
        <source>A run over {where} from {when} is paused after {ended} of {queued} images.</source>
        <translation>Uma análise de {where} de {when} está em pausa após {ended} de {queued} imagens.</translation>
    </message>
</context>
<context>
    <name>ReviewBox</name>
    <message>
        <source>Accept</source>
        <translation>Aceitar</translation>
    </message>
    <message>
        <source>Override…</source>
        <translation>Corrigir…</translation>
    </message>
    <message>
        <source>Say what this image is instead, and why</source>
        <translation>Dizer o que esta imagem é de fato, e por quê</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Adiar</translation>
    </message>
    <message>
        <source>Go to the next image that needs review</source>
        <translation>Ir para a próxima imagem que requer revisão</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Desfazer</translation>
    </message>
    <message>
        <source>Take a review back; it stays on record that it was made</source>
        <translation>Retirar uma revisão; fica guardado que ela foi feita</translation>
    </message>
    <message>
        <source>Whose name stands with the reviews; press to change it</source>
        <translation>O nome que acompanha as revisões; pressione para mudá-lo</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisão</translation>
    </message>
    <message>
        <source>{reviewed} of {asked} reviewed</source>
        <translation>{reviewed} de {asked} revistas</translation>
    </message>
    <message>
        <source>as {name}</source>
        <translation>como {name}</translation>
    </message>
    <message>
        <source>Confirms {decision} under your name; the models disagree, so the subtype stays open</source>
        <translation>Confirma {decision} com o seu nome; os modelos discordam, por isso o subtipo fica em aberto</translation>
    </message>
    <message>
        <source>Confirms {decision}, {subtype}, under your name</source>
        <translation>Confirma {decision}, {subtype}, com o seu nome</translation>
    </message>
    <message>
        <source>Refused, and not reviewed. Override says what it is all the same.</source>
        <translation>Recusada e não revista. Corrigir diz, ainda assim, o que ela é.</translation>
    </message>
    <message>
        <source>Not reviewed. The model&apos;s label stays on record whatever you choose.</source>
        <translation>Não revista. A resposta do modelo fica guardada, escolha o que escolher.</translation>
    </message>
    <message>
        <source>The official name says {name}; figures go by that.</source>
        <translation>O nome oficial diz {name}; os números seguem o nome.</translation>
    </message>
    <message>
        <source>The review contradicts the official name, {name}; figures go by the name.</source>
        <translation>A revisão contradiz o nome oficial, {name}; os números seguem o nome.</translation>
    </message>
    <message>
        <source>{when} · {who} · accepted {what}</source>
        <translation>{when} · {who} · aceitou {what}</translation>
    </message>
    <message>
        <source>{when} · {who} · overrode to {what}: {why}</source>
        <translation>{when} · {who} · corrigiu para {what}: {why}</translation>
    </message>
    <message>
        <source>{when} · {who} · took the review back</source>
        <translation>{when} · {who} · retirou a revisão</translation>
    </message>
</context>
<context>
    <name>Reviewing</name>
    <message>
        <source>Your name, as it shall stand on record with your reviews:</source>
        <translation>O seu nome, como deve constar nas suas revisões:</translation>
    </message>
    <message>
        <source>Who reviews?</source>
        <translation>Quem revê?</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Window</source>
        <translation>Janela</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Como o sistema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Escuro</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aparência</translation>
    </message>
    <message>
        <source>Applies at once.</source>
        <translation>Vale imediatamente.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Applies at the next start of the program.</source>
        <translation>Vale a partir do próximo início do programa.</translation>
    </message>
    <message>
        <source>People and reports</source>
        <translation>Pessoas e relatórios</translation>
    </message>
    <message>
        <source>Reviewer</source>
        <translation>Revisor</translation>
    </message>
    <message>
        <source>Stands with every review from now on; earlier ones keep their name.</source>
        <translation>Acompanha todas as revisões a partir de agora; as anteriores mantêm o seu nome.</translation>
    </message>
    <message>
        <source>Laboratory</source>
        <translation>Laboratório</translation>
    </message>
    <message>
        <source>Stands at the head of the next report.</source>
        <translation>Aparece no alto do próximo relatório.</translation>
    </message>
    <message>
        <source>Logo</source>
        <translation>Logotipo</translation>
    </message>
    <message>
        <source>A picture beside the laboratory&apos;s name on the next report.</source>
        <translation>Uma imagem ao lado do nome do laboratório no próximo relatório.</translation>
    </message>
    <message>
        <source>New runs</source>
        <translation>Novas análises</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>Cálculo</translation>
    </message>
    <message>
        <source>The fastest that proves itself</source>
        <translation>O mais rápido que passe na verificação</translation>
    </message>
    <message>
        <source>Computing device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>Are analysed again</source>
        <translation>São analisadas de novo</translation>
    </message>
    <message>
        <source>Get the earlier result</source>
        <translation>Recebem o resultado anterior</translation>
    </message>
    <message>
        <source>What happens to a file that an earlier run judged with the same models, gate, engine, magnification and version of the program. Each image says which run its result comes from. Holds for runs that begin from now on.</source>
        <translation>O que acontece com um arquivo que uma análise anterior julgou com os mesmos modelos, controle de qualidade, motor, aumento e versão do programa. Cada imagem diz de qual análise é o resultado. Vale para as análises que começarem a partir de agora.</translation>
    </message>
    <message>
        <source>Unchanged images</source>
        <translation>Imagens iguais</translation>
    </message>
    <message>
        <source>From which probability on an image is called malignant. Holds for runs that begin from now on.</source>
        <translation>A partir de que probabilidade uma imagem é chamada maligna. Vale para as análises que começarem a partir de agora.</translation>
    </message>
    <message>
        <source>What computes the networks. The models are loaded and checked again before the next run.</source>
        <translation>O que calcula as redes. Os modelos são carregados e verificados de novo antes da próxima análise.</translation>
    </message>
    <message>
        <source>Operating point</source>
        <translation>Ponto de operação</translation>
    </message>
    <message>
        <source>The device that ONNX Runtime computes on, of those that this installation offers. Nobody has tried any but the CPU; one that does not give the known probabilities is not used, and the CPU computes.</source>
        <translation>O dispositivo em que o ONNX Runtime calcula, entre os que esta instalação oferece. Ninguém testou nenhum além da CPU; o que não der as probabilidades conhecidas não é usado, e a CPU calcula.</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Motor</translation>
    </message>
    <message>
        <source>The settings could not be read and are as at the first start; look through them. The damaged file is {file}.</source>
        <translation>As configurações não puderam ser lidas e estão como no primeiro início; reveja-as. O arquivo danificado é {file}.</translation>
    </message>
    <message>
        <source>The settings hold until the program ends. {reason}</source>
        <translation>As configurações valem até o programa terminar. {reason}</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Configurações</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Nenhum</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Escolher…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
    <message>
        <source>Choose a logo</source>
        <translation>Escolher um logotipo</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Imagens</translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <source>Progress of the chosen job</source>
        <translation>Progresso do trabalho escolhido</translation>
    </message>
    <message>
        <source>no answer from {file}</source>
        <translation>{file} não responde</translation>
    </message>
    <message>
        <source>still decoding {file}</source>
        <translation>ainda decodificando {file}</translation>
    </message>
    <message>
        <source>all {jobs} jobs: {to_go} to go</source>
        <translation>todos os {jobs} trabalhos: {to_go} a fazer</translation>
    </message>
    <message>
        <source>{words}, {left} left</source>
        <translation>{words}, faltam {left}</translation>
    </message>
    <message>
        <source>Pausing…</source>
        <translation>Pausando…</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Cancelando…</translation>
    </message>
    <message>
        <source>{speed} images/s · {left} left</source>
        <translation>{speed} imagens/s · faltam {left}</translation>
    </message>
</context>
<context>
    <name>SummaryPanel</name>
    <message>
        <source>Summary of the job</source>
        <translation>Resumo do trabalho</translation>
    </message>
    <message>
        <source>Judged</source>
        <translation>Julgadas</translation>
    </message>
    <message>
        <source>Malignant</source>
        <translation>Maligno</translation>
    </message>
    <message>
        <source>Benign</source>
        <translation>Benigno</translation>
    </message>
    <message>
        <source>Need review</source>
        <translation>Requerem revisão</translation>
    </message>
    <message>
        <source>Refused or failed</source>
        <translation>Recusadas ou com falha</translation>
    </message>
    <message>
        <source>Images by probability of malignant</source>
        <translation>Imagens por probabilidade de maligno</translation>
    </message>
    <message>
        <source>Images by most probable subtype</source>
        <translation>Imagens por subtipo mais provável</translation>
    </message>
    <message>
        <source>Reasons why images were refused or failed</source>
        <translation>Motivos por que imagens foram recusadas ou falharam</translation>
    </message>
    <message>
        <source>called benign</source>
        <translation>chamadas benignas</translation>
    </message>
    <message>
        <source>called malignant</source>
        <translation>chamadas malignas</translation>
    </message>
    <message>
        <source>truly benign</source>
        <translation>são benignas</translation>
    </message>
    <message>
        <source>truly malignant</source>
        <translation>são malignas</translation>
    </message>
    <message>
        <source>Decisions against the truth</source>
        <translation>Decisões e verdade</translation>
    </message>
    <message>
        <source>Subtypes against the truth</source>
        <translation>Subtipos e verdade</translation>
    </message>
    <message>
        <source>Probability of malignant</source>
        <translation>Probabilidade de maligno</translation>
    </message>
    <message>
        <source>Most probable subtype</source>
        <translation>Subtipo mais provável</translation>
    </message>
    <message>
        <source>of {queued} queued</source>
        <translation>de {queued} na fila</translation>
    </message>
    <message>
        <source>{refused} refused, {failed} failed</source>
        <translation>{refused} recusadas, {failed} com falha</translation>
    </message>
    <message>
        <source>Sensitivity {sensitivity}, specificity {specificity}, on {images} images.</source>
        <translation>Sensibilidade {sensitivity}, especificidade {specificity}, em {images} imagens.</translation>
    </message>
    <message>
        <source>{images} truths come from official file names. Models that were trained on such images look better on them than on unseen patients; the model card has the figures that count.</source>
        <translation>{images} verdades vêm de nomes oficiais de arquivos. Modelos treinados com tais imagens parecem melhores nelas do que em pacientes não vistos; a ficha dos modelos tem os números que contam.</translation>
    </message>
    <message>
        <source>Reviewers saw the model&apos;s label and looked at doubtful images first: figures by review are no measure of it.</source>
        <translation>Os revisores viram a resposta do modelo e olharam primeiro as imagens duvidosas: números por revisão não o medem.</translation>
    </message>
    <message>
        <source>Reviews contradict the official name of {images} images.</source>
        <translation>As revisões contradizem o nome oficial de {images} imagens.</translation>
    </message>
</context>
<context>
    <name>TableColumns</name>
    <message>
        <source>Columns</source>
        <translation>Colunas</translation>
    </message>
    <message>
        <source>Reset columns</source>
        <translation>Repor as colunas</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Add files…</source>
        <translation>Adicionar arquivos…</translation>
    </message>
    <message>
        <source>Queue some images (Ctrl+Shift+O)</source>
        <translation>Pôr algumas imagens na fila (Ctrl+Shift+O)</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Iniciar</translation>
    </message>
    <message>
        <source>Analyse what is queued (Ctrl+R)</source>
        <translation>Analisar o que está na fila (Ctrl+R)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Stop after the images in hand (Ctrl+Shift+R)</source>
        <translation>Parar depois das imagens em curso (Ctrl+Shift+R)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>End the running job; finished images are kept (Ctrl+.)</source>
        <translation>Terminar o trabalho em andamento; as imagens concluídas ficam (Ctrl+.)</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>Relatório…</translation>
    </message>
    <message>
        <source>Look at the report, save or print it (Ctrl+P)</source>
        <translation>Ver o relatório, salvá-lo ou imprimi-lo (Ctrl+P)</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>Adicionar pasta…</translation>
    </message>
    <message>
        <source>Queue a folder with all that is below it (Ctrl+O)</source>
        <translation>Pôr na fila uma pasta com tudo o que está abaixo dela (Ctrl+O)</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Retomar</translation>
    </message>
    <message>
        <source>Pausing…</source>
        <translation>Pausando…</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Cancelando…</translation>
    </message>
    <message>
        <source>Training folder…</source>
        <translation>Pasta de treino…</translation>
    </message>
    <message>
        <source>Export ▾</source>
        <translation>Exportar ▾</translation>
    </message>
    <message>
        <source>Write the chosen job&apos;s results to a file</source>
        <translation>Gravar os resultados do trabalho escolhido em um arquivo</translation>
    </message>
</context>
<context>
    <name>TrainingFolderDialog</name>
    <message>
        <source>Training folder</source>
        <translation>Pasta de treino</translation>
    </message>
    <message>
        <source>Also those that only their official file name says the truth of</source>
        <translation>Também aquelas cuja verdade só o nome oficial do arquivo diz</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Escolher uma pasta…</translation>
    </message>
    <message>
        <source>Copies the reviewed images of {job} into folders by class and patient, as python -m training prepare reads them, with a table of who said what, when and why. Images whose review contradicts their official name are left out.</source>
        <translation>Copia as imagens revistas de {job} para pastas por classe e paciente, como python -m training prepare as lê, com uma tabela de quem disse o quê, quando e por quê. Imagens cuja revisão contradiz o nome oficial ficam de fora.</translation>
    </message>
</context>
<context>
    <name>TruthExporter</name>
    <message>
        <source>Where to put the training folder</source>
        <translation>Onde pôr a pasta de treino</translation>
    </message>
    <message>
        <source>Copying to {name}…</source>
        <translation>Copiando para {name}…</translation>
    </message>
    <message>
        <source>{images} images copied to {folder}.</source>
        <translation>{images} imagens copiadas para {folder}.</translation>
    </message>
    <message>
        <source>{images} were left out; provenance.csv in it says why.</source>
        <translation>{images} ficaram de fora; provenance.csv, na pasta, diz por quê.</translation>
    </message>
    <message>
        <source>{name} training images</source>
        <translation>{name} imagens de treino</translation>
    </message>
</context>
<context>
    <name>VerdictHeading</name>
    <message>
        <source>No image chosen</source>
        <translation>Nenhuma imagem</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>and</source>
        <translation>e</translation>
    </message>
    <message>
        <source>Checking the model files</source>
        <translation>Verificando os arquivos dos modelos</translation>
    </message>
    <message>
        <source>Loading the models</source>
        <translation>Carregando os modelos</translation>
    </message>
    <message>
        <source>Checking the models on known images</source>
        <translation>Verificando os modelos com imagens conhecidas</translation>
    </message>
    <message>
        <source>The chosen device cannot be used; loading for the CPU</source>
        <translation>O dispositivo escolhido não pode ser usado; carregando para a CPU</translation>
    </message>
    <message>
        <source>The fast engine cannot be used; loading TensorFlow</source>
        <translation>O motor rápido não pode ser usado; carregando o TensorFlow</translation>
    </message>
    <message>
        <source>The models in {folder} cannot be used: {what}. Install the program again, or choose another model folder.</source>
        <translation>Os modelos em {folder} não podem ser usados: {what}. Instale o programa de novo, ou escolha outra pasta de modelos.</translation>
    </message>
    <message>
        <source>There is no model folder {folder}</source>
        <translation>Não há pasta de modelos {folder}</translation>
    </message>
    <message>
        <source>check its name, or install the program again</source>
        <translation>verifique o nome, ou instale o programa de novo</translation>
    </message>
    <message>
        <source>No models were found in {folder}: {file} is missing. Install the program again, or choose another model folder.</source>
        <translation>Não foram encontrados modelos em {folder}: falta {file}. Instale o programa de novo, ou escolha outra pasta de modelos.</translation>
    </message>
    <message>
        <source>The models in {folder} were made with Keras {made_with}, newer than the {installed} of this program. Install a newer version of the program.</source>
        <translation>Os modelos em {folder} foram feitos com Keras {made_with}, mais novo que o {installed} deste programa. Instale uma versão mais nova do programa.</translation>
    </message>
    <message>
        <source>The models in {folder} expect preprocessing version {expected}, and this program has version {own}. Install the version of the program that they were made for.</source>
        <translation>Os modelos em {folder} esperam a versão {expected} do preparo, e este programa tem a versão {own}. Instale a versão do programa para a qual foram feitos.</translation>
    </message>
    <message>
        <source>This installation has no TensorFlow</source>
        <translation>Esta instalação não tem o TensorFlow</translation>
    </message>
    <message>
        <source>choose another engine, or install the full package</source>
        <translation>escolha outro motor ou instale o pacote completo</translation>
    </message>
    <message>
        <source>The processor of this computer lacks AVX, which TensorFlow needs</source>
        <translation>O processador deste computador não tem AVX, de que o TensorFlow precisa</translation>
    </message>
    <message>
        <source>choose another engine</source>
        <translation>escolha outro motor</translation>
    </message>
    <message>
        <source>TensorFlow does not start on this computer</source>
        <translation>O TensorFlow não inicia neste computador</translation>
    </message>
    <message>
        <source>TensorFlow computes on the CPU alone</source>
        <translation>o TensorFlow calcula somente na CPU</translation>
    </message>
    <message>
        <source>The models in {folder} came without the networks that TensorFlow runs</source>
        <translation>Os modelos em {folder} vieram sem as redes que o TensorFlow executa</translation>
    </message>
    <message>
        <source>choose another engine, or install the whole bundle</source>
        <translation>escolha outro motor ou instale o pacote de modelos completo</translation>
    </message>
    <message>
        <source>{device} is not used, since {what:finding}; the CPU computes instead.</source>
        <translation>{device} não é usado, porque {what:finding}; a CPU calcula em seu lugar.</translation>
    </message>
    <message>
        <source>This installation does not offer {device}</source>
        <translation>Esta instalação não oferece {device}</translation>
    </message>
    <message>
        <source>choose the CPU</source>
        <translation>escolha a CPU</translation>
    </message>
    <message>
        <source>ONNX Runtime failed on {device}. Choose the CPU as computing device, and go on with the run.</source>
        <translation>O ONNX Runtime falhou em {device}. Escolha a CPU como dispositivo e continue a análise.</translation>
    </message>
    <message>
        <source>BreakHis Desktop cannot run on this computer: its processor lacks SSE4.2. Use a computer of 2012 or later.</source>
        <translation>O BreakHis Desktop não pode ser executado neste computador: falta SSE4.2 ao processador. Use um computador de 2012 ou mais novo.</translation>
    </message>
    <message>
        <source>this installation does not offer it</source>
        <translation>esta instalação não o oferece</translation>
    </message>
    <message>
        <source>ONNX Runtime fails on {device}</source>
        <translation>o ONNX Runtime falha em {device}</translation>
    </message>
    <message>
        <source>These models ({name} {version}) are installed already; choose them in the list.</source>
        <translation>Estes modelos ({name} {version}) já estão instalados; escolha-os na lista.</translation>
    </message>
    <message>
        <source>Another window is installing or removing models</source>
        <translation>Outra janela está instalando ou removendo modelos</translation>
    </message>
    <message>
        <source>wait until it has finished, and try again</source>
        <translation>espere até que termine e tente de novo</translation>
    </message>
    <message>
        <source>The models could not be copied</source>
        <translation>Os modelos não puderam ser copiados</translation>
    </message>
    <message>
        <source>{error}</source>
        <translation>{error}</translation>
    </message>
    <message>
        <source>make room on the disk and try again</source>
        <translation>libere espaço no disco e tente de novo</translation>
    </message>
    <message>
        <source>The models were changed while they were copied</source>
        <translation>Os modelos mudaram durante a cópia</translation>
    </message>
    <message>
        <source>install them again</source>
        <translation>instale-os de novo</translation>
    </message>
    <message>
        <source>{folder} could not be removed</source>
        <translation>{folder} não pôde ser removido</translation>
    </message>
    <message>
        <source>close what uses it, or delete the folder</source>
        <translation>feche o que o usa, ou apague a pasta</translation>
    </message>
    <message>
        <source>its files hold what no bundle holds</source>
        <translation>seus arquivos contêm o que nenhum pacote de modelos contém</translation>
    </message>
    <message>
        <source>{file} is missing</source>
        <translation>falta {file}</translation>
    </message>
    <message>
        <source>{file} cannot be read ({error})</source>
        <translation>{file} não pode ser lido ({error})</translation>
    </message>
    <message>
        <source>{file} is not the file that its card names</source>
        <translation>{file} não é o arquivo que a ficha indica</translation>
    </message>
    <message>
        <source>{file} {trouble}</source>
        <translation>{file} {trouble}</translation>
    </message>
    <message>
        <source>{file} holds no golden images</source>
        <translation>{file} não contém as imagens de referência</translation>
    </message>
    <message>
        <source>{file} has golden images of another shape</source>
        <translation>{file} tem imagens de referência de outro formato</translation>
    </message>
    <message>
        <source>{file} holds something other than images and probabilities</source>
        <translation>{file} contém algo que não são imagens e probabilidades</translation>
    </message>
    <message>
        <source>{file} cannot be used: {what}</source>
        <translation>{file} não pode ser usado: {what}</translation>
    </message>
    <message>
        <source>on its known images it gives values that are no probabilities, or no numbers</source>
        <translation>nas imagens conhecidas dão valores que não são probabilidades, ou nem são números</translation>
    </message>
    <message>
        <source>on its known images it gives other probabilities than it should (off by {difference:.3f})</source>
        <translation>nas imagens conhecidas dão outras probabilidades do que deveriam (diferença de {difference:.3f})</translation>
    </message>
    <message>
        <source>what it says to be familiar does not fit to its networks</source>
        <translation>o que dizem conhecer não corresponde às suas redes</translation>
    </message>
    <message>
        <source>Keras does not open {file}</source>
        <translation>o Keras não abre {file}</translation>
    </message>
    <message>
        <source>Keras does not run its networks</source>
        <translation>o Keras não executa suas redes</translation>
    </message>
    <message>
        <source>{file} does not have {outputs} outputs</source>
        <translation>{file} não tem {outputs} saídas</translation>
    </message>
    <message>
        <source>its {network} network does not end in global average pooling and one dense layer</source>
        <translation>a sua rede {network} não termina em média global e uma camada densa</translation>
    </message>
    <message>
        <source>ONNX Runtime does not open {file}</source>
        <translation>o ONNX Runtime não abre {file}</translation>
    </message>
    <message>
        <source>ONNX Runtime does not run {file}</source>
        <translation>o ONNX Runtime não executa {file}</translation>
    </message>
    <message>
        <source>{file} gives outputs of another form</source>
        <translation>{file} dá saídas de outra forma</translation>
    </message>
    <message>
        <source>{file} was made by an earlier version of the program and lacks the heat maps</source>
        <translation>{file} foi feito por uma versão anterior do programa e não tem os mapas de calor</translation>
    </message>
    <message>
        <source>its card names no {file}</source>
        <translation>a sua ficha não menciona {file}</translation>
    </message>
    <message>
        <source>it is no regular file</source>
        <translation>não é um arquivo comum</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>é grande demais</translation>
    </message>
    <message>
        <source>is no archive that can be unpacked</source>
        <translation>não é um arquivo que possa ser descompactado</translation>
    </message>
    <message>
        <source>would grow beyond what a bundle needs when it is unpacked</source>
        <translation>cresceria além do que um pacote precisa ao ser descompactado</translation>
    </message>
    <message>
        <source>is packed, which no network is</source>
        <translation>está compactado, o que nenhuma rede está</translation>
    </message>
    <message>
        <source>holds other files than a network has</source>
        <translation>contém outros arquivos que não os de uma rede</translation>
    </message>
    <message>
        <source>does not describe its network</source>
        <translation>não descreve a sua rede</translation>
    </message>
    <message>
        <source>holds {part}, which no network of this program has</source>
        <translation>contém {part}, o que nenhuma rede deste programa tem</translation>
    </message>
    <message>
        <source>holds something else than arrays</source>
        <translation>contém algo que não são matrizes</translation>
    </message>
    <message>
        <source>describes arrays of another size than it holds</source>
        <translation>descreve matrizes de outro tamanho que as que contém</translation>
    </message>
    <message>
        <source>holds weights that cannot be read</source>
        <translation>contém pesos que não podem ser lidos</translation>
    </message>
    <message>
        <source>holds weights that are linked in two places</source>
        <translation>contém pesos ligados em dois lugares</translation>
    </message>
    <message>
        <source>describes weights of another size than it holds</source>
        <translation>descreve pesos de outro tamanho que os que contém</translation>
    </message>
    <message>
        <source>holds links to other places</source>
        <translation>contém ligações para outros lugares</translation>
    </message>
    <message>
        <source>holds longer notes than Keras writes</source>
        <translation>contém notas mais longas que as que o Keras escreve</translation>
    </message>
    <message>
        <source>holds something else than numbers among its weights</source>
        <translation>contém algo que não são números entre os seus pesos</translation>
    </message>
    <message>
        <source>keeps its weights in other ways than Keras does</source>
        <translation>guarda os seus pesos de outro modo que o Keras</translation>
    </message>
    <message>
        <source>is no graph</source>
        <translation>não é um grafo</translation>
    </message>
    <message>
        <source>holds more operators than any network of this program</source>
        <translation>contém mais operadores que qualquer rede deste programa</translation>
    </message>
    <message>
        <source>computes with its own weights, which no network of this program does</source>
        <translation>calcula com os seus próprios pesos, o que nenhuma rede deste programa faz</translation>
    </message>
    <message>
        <source>takes weights from another file</source>
        <translation>toma pesos de outro arquivo</translation>
    </message>
    <message>
        <source>holds {kind} fields that no network of this program has</source>
        <translation>contém campos de {kind} que nenhuma rede deste programa tem</translation>
    </message>
    <message>
        <source>model</source>
        <translation>modelo</translation>
    </message>
    <message>
        <source>operator set</source>
        <translation>conjunto de operadores</translation>
    </message>
    <message>
        <source>graph</source>
        <translation>grafo</translation>
    </message>
    <message>
        <source>node</source>
        <translation>nó</translation>
    </message>
    <message>
        <source>attribute</source>
        <translation>atributo</translation>
    </message>
    <message>
        <source>tensor</source>
        <translation>tensor</translation>
    </message>
    <message>
        <source>it holds no features</source>
        <translation>não contém características</translation>
    </message>
    <message>
        <source>it holds something else than features</source>
        <translation>contém algo que não são características</translation>
    </message>
    <message>
        <source>it holds features of another shape</source>
        <translation>contém características de outro formato</translation>
    </message>
    <message>
        <source>it holds features that are no numbers</source>
        <translation>contém características que não são números</translation>
    </message>
    <message>
        <source>its card is larger than any card</source>
        <translation>a ficha é maior do que qualquer ficha</translation>
    </message>
    <message>
        <source>its card is no text</source>
        <translation>a ficha não é texto</translation>
    </message>
    <message>
        <source>its card is no JSON</source>
        <translation>a ficha não é JSON</translation>
    </message>
    <message>
        <source>its card is nested deeper than any card</source>
        <translation>a ficha é mais profunda do que qualquer ficha</translation>
    </message>
    <message>
        <source>its card has format {found}, and this program reads format {known}</source>
        <translation>a ficha tem o formato {found}, e este programa lê o formato {known}</translation>
    </message>
    <message>
        <source>its card names the subtypes in another order</source>
        <translation>a ficha indica os subtipos em outra ordem</translation>
    </message>
    <message>
        <source>its card names no default operating point</source>
        <translation>a ficha não indica um ponto de operação padrão</translation>
    </message>
    <message>
        <source>its card leaves out a file that nothing takes the place of</source>
        <translation>a ficha deixa de fora um arquivo que nada substitui</translation>
    </message>
    <message>
        <source>its card lacks or garbles something ({what})</source>
        <translation>falta algo na ficha, ou está corrompido ({what})</translation>
    </message>
    <message>
        <source>no hash of {file}</source>
        <translation>nenhum hash de {file}</translation>
    </message>
    <message>
        <source>a text that is too long or cannot be shown</source>
        <translation>um texto longo demais ou que não pode ser exibido</translation>
    </message>
    <message>
        <source>an interval that ends before it begins</source>
        <translation>um intervalo que termina antes de começar</translation>
    </message>
    <message>
        <source>an interval that lacks an end or its value</source>
        <translation>um intervalo sem uma das pontas ou sem o valor</translation>
    </message>
    <message>
        <source>thresholds that do not rise from 0 to 1</source>
        <translation>limiares que não sobem de 0 a 1</translation>
    </message>
    <message>
        <source>another number of thresholds than of values of {figure}</source>
        <translation>um número de limiares diferente do de valores de {figure}</translation>
    </message>
    <message>
        <source>a {figure} that is no share with an interval</source>
        <translation>{figure} que não é uma fração com intervalo</translation>
    </message>
    <message>
        <source>a {figure} that goes the wrong way</source>
        <translation>{figure} que varia no sentido errado</translation>
    </message>
    <message>
        <source>sensitivity</source>
        <translation>sensibilidade</translation>
    </message>
    <message>
        <source>specificity</source>
        <translation>especificidade</translation>
    </message>
    <message>
        <source>Sorting fields of haematoxylin-eosin stained breast tissue, taken at 40X to 400X, by suspicion of malignancy, for research.</source>
        <translation>Ordenar campos de tecido mamário corado com hematoxilina e eosina, feitos com 40X a 400X, por suspeita de malignidade, para pesquisa.</translation>
    </message>
    <message>
        <source>Reading many fields in an order that shows the suspicious ones first; a person looks at every one that is sent to review.</source>
        <translation>Ler muitos campos em uma ordem que mostra primeiro os suspeitos; uma pessoa olha todos os que são enviados à revisão.</translation>
    </message>
    <message>
        <source>Teaching, and comparison with other models on the same folds.</source>
        <translation>Ensino, e comparação com outros modelos nas mesmas partições.</translation>
    </message>
    <message>
        <source>Diagnosis, treatment, screening of patients, or any other decision about a person.</source>
        <translation>Diagnóstico, tratamento, rastreio de pacientes ou qualquer outra decisão sobre uma pessoa.</translation>
    </message>
    <message>
        <source>Clearing a field or a patient as benign without a person who looks.</source>
        <translation>Dar um campo ou um paciente por benigno sem uma pessoa que olhe.</translation>
    </message>
    <message>
        <source>Other organs, stains, cytology, frozen sections, or whole slides that were not cut into fields.</source>
        <translation>Outros órgãos, outras colorações, citologia, cortes de congelação ou lâminas inteiras que não foram divididas em campos.</translation>
    </message>
    <message>
        <source>A claim about one of the eight subtypes on its own; see the figures.</source>
        <translation>Uma afirmação sobre um dos oito subtipos por si só; veja os números.</translation>
    </message>
    <message>
        <source>grouped, cross-fitted; {images:,} images of {accessions:,} accessions</source>
        <translation>agrupada, com ajuste cruzado; {images:,} imagens de {accessions:,} amostras</translation>
    </message>
    <message>
        <source>grouped, temperature cross-fitted; {images:,} images of {accessions:,} accessions</source>
        <translation>agrupada, com temperatura em ajuste cruzado; {images:,} imagens de {accessions:,} amostras</translation>
    </message>
    <message>
        <source>For research use only; this is not a medical device.</source>
        <translation>Só para uso em pesquisa; não é um dispositivo médico.</translation>
    </message>
    <message>
        <source>All images come from one laboratory; other stains, scanners and cameras were not tested.</source>
        <translation>Todas as imagens vêm de um só laboratório; outras colorações, outros scanners e outras câmeras não foram testados.</translation>
    </message>
    <message>
        <source>Other stains, scanners and cameras were not tested.</source>
        <translation>Outras colorações, outros scanners e outras câmeras não foram testados.</translation>
    </message>
    <message>
        <source>{percent:.0f} % of the training images are malignant, and the probabilities are calibrated for that mixture.</source>
        <translation>{percent:.0f} % das imagens de treino são malignas, e as probabilidades estão calibradas para essa mistura.</translation>
    </message>
    <message>
        <source>From too few patients for any claim about them: {subtypes}.</source>
        <translation>De pacientes de menos para qualquer afirmação sobre eles: {subtypes}.</translation>
    </message>
    <message>
        <source>Thin in the data, and judged on little: {magnifications}.</source>
        <translation>Raros nos dados, e julgados com pouco: {magnifications}.</translation>
    </message>
    <message>
        <source>{magnification}X ({percent:.0f} % of the images)</source>
        <translation>{magnification}X ({percent:.0f} % das imagens)</translation>
    </message>
    <message>
        <source>Most of the images at hand were copies shrunk to 224 x 224 pixels.</source>
        <translation>A maioria das imagens disponíveis eram cópias reduzidas a 224 x 224 pixels.</translation>
    </message>
    <message>
        <source>The networks of the folds were given at most {epochs} of the {planned} epochs of the recipe.</source>
        <translation>As redes das partições receberam no máximo {epochs} das {planned} épocas da receita.</translation>
    </message>
    <message>
        <source>Thresholds and temperatures come from the five networks of the folds; the shipped networks were trained on more images.</source>
        <translation>Os limiares e as temperaturas vêm das cinco redes das partições; as redes que acompanham o programa foram treinadas com mais imagens.</translation>
    </message>
    <message>
        <source>Few accessions stand behind each figure, so the intervals are wide.</source>
        <translation>Há poucas amostras por trás de cada número, por isso os intervalos são largos.</translation>
    </message>
    <message>
        <source>Recipes judged on the same folds: {count:,}. The best of several is flattered; its figures on other folds stand beside.</source>
        <translation>Receitas avaliadas nas mesmas partições: {count:,}. A melhor de várias parece melhor do que é; os seus números em outras partições estão ao lado.</translation>
    </message>
    <message>
        <source>Recipes judged on the same folds: {count:,}. The best of several is flattered; it was not judged on other folds.</source>
        <translation>Receitas avaliadas nas mesmas partições: {count:,}. A melhor de várias parece melhor do que é; não foi avaliada em outras partições.</translation>
    </message>
    <message>
        <source>Judged on the same folds besides: {ensembles:,} ensembles, {screened:,} configurations and combinations of a screening, and on a part of them {trials:,} trials of a search.</source>
        <translation>Avaliados nas mesmas partições, além disso: {ensembles:,} conjuntos, {screened:,} configurações e combinações de uma triagem, e em parte delas {trials:,} ensaios de uma busca.</translation>
    </message>
    <message>
        <source>The same recipe with another random seed: AUC {auc}, macro recall {recall}, on the same folds.</source>
        <translation>A mesma receita com outra semente aleatória: AUC {auc}, sensibilidade macro {recall}, nas mesmas partições.</translation>
    </message>
    <message>
        <source>{value:.3f} [{low:.3f}, {high:.3f}]</source>
        <translation>{value:.3f} [{low:.3f}; {high:.3f}]</translation>
    </message>
    <message>
        <source>adenosis</source>
        <translation>adenose</translation>
    </message>
    <message>
        <source>fibroadenoma</source>
        <translation>fibroadenoma</translation>
    </message>
    <message>
        <source>phyllodes tumour</source>
        <translation>tumor filoide</translation>
    </message>
    <message>
        <source>tubular adenoma</source>
        <translation>adenoma tubular</translation>
    </message>
    <message>
        <source>ductal carcinoma</source>
        <translation>carcinoma ductal</translation>
    </message>
    <message>
        <source>lobular carcinoma</source>
        <translation>carcinoma lobular</translation>
    </message>
    <message>
        <source>mucinous carcinoma</source>
        <translation>carcinoma mucinoso</translation>
    </message>
    <message>
        <source>papillary carcinoma</source>
        <translation>carcinoma papilar</translation>
    </message>
    <message>
        <source>There is not enough memory for this</source>
        <translation>Não há memória suficiente para isto</translation>
    </message>
    <message>
        <source>close other programs and try again</source>
        <translation>feche outros programas e tente de novo</translation>
    </message>
    <message>
        <source>It is not there</source>
        <translation>Não está lá</translation>
    </message>
    <message>
        <source>check that the drive is connected and the name is right</source>
        <translation>verifique se a unidade está conectada e se o nome está certo</translation>
    </message>
    <message>
        <source>It may not be opened</source>
        <translation>Não há permissão para abri-la</translation>
    </message>
    <message>
        <source>ask for permission to read it</source>
        <translation>peça permissão de leitura</translation>
    </message>
    <message>
        <source>It cannot be read</source>
        <translation>Não pode ser lida</translation>
    </message>
    <message>
        <source>check the drive and the name</source>
        <translation>verifique a unidade e o nome</translation>
    </message>
    <message>
        <source>It does not answer</source>
        <translation>Não responde</translation>
    </message>
    <message>
        <source>check the drive or the network, and add it again</source>
        <translation>verifique a unidade ou a rede e adicione de novo</translation>
    </message>
    <message>
        <source>The file grew while it was read</source>
        <translation>O arquivo cresceu durante a leitura</translation>
    </message>
    <message>
        <source>add it again once it is whole</source>
        <translation>adicione-o de novo quando estiver completo</translation>
    </message>
    <message>
        <source>Not a file that can be read.</source>
        <translation>Não é um arquivo que possa ser lido.</translation>
    </message>
    <message>
        <source>The file is larger than one field</source>
        <translation>O arquivo é maior que um campo</translation>
    </message>
    <message>
        <source>{megabytes:,.0f} MB</source>
        <translation>{megabytes:,.0f} MB</translation>
    </message>
    <message>
        <source>export smaller fields of view and add those</source>
        <translation>exporte campos menores e adicione esses</translation>
    </message>
    <message>
        <source>The working folder was removed, so {path} is nowhere; change to a folder that is there.</source>
        <translation>A pasta de trabalho foi removida, e por isso {path} não está em lugar nenhum; mude para uma pasta que exista.</translation>
    </message>
    <message>
        <source>{file} could not be written: {advice}.</source>
        <translation>{file} não pôde ser gravado: {advice}.</translation>
    </message>
    <message>
        <source>its folder does not exist; create it or choose another</source>
        <translation>a pasta não existe; crie-a ou escolha outra</translation>
    </message>
    <message>
        <source>its folder takes no files; choose another</source>
        <translation>a pasta não aceita arquivos; escolha outra</translation>
    </message>
    <message>
        <source>this is not allowed; close the file where it is open, or choose a folder that you may write to</source>
        <translation>isso não é permitido; feche o arquivo onde estiver aberto, ou escolha uma pasta em que possa gravar</translation>
    </message>
    <message>
        <source>the disk is read-only; choose a folder on another one</source>
        <translation>o disco só permite leitura; escolha uma pasta em outro</translation>
    </message>
    <message>
        <source>the disk is full; make room or choose another</source>
        <translation>o disco está cheio; libere espaço ou escolha outro</translation>
    </message>
    <message>
        <source>the disk takes no file of that size; choose another</source>
        <translation>o disco não aceita um arquivo deste tamanho; escolha outro</translation>
    </message>
    <message>
        <source>its name is too long; choose a shorter one</source>
        <translation>o nome é longo demais; escolha um mais curto</translation>
    </message>
    <message>
        <source>{error}; choose another place</source>
        <translation>{error}; escolha outro lugar</translation>
    </message>
    <message>
        <source>it is a link to a file of another kind; name that file itself, or choose another name</source>
        <translation>é um link para um arquivo de outro tipo; indique esse arquivo, ou escolha outro nome</translation>
    </message>
    <message>
        <source>it is a link that another user made; name the file that it leads to, or choose another name</source>
        <translation>é um link criado por outro usuário; indique o arquivo para o qual ele aponta, ou escolha outro nome</translation>
    </message>
    <message>
        <source>it is no file; choose the name of a file</source>
        <translation>não é um arquivo; escolha o nome de um arquivo</translation>
    </message>
    <message>
        <source>The system names no home folder for this user; set BREAKHIS_HOME to a folder that can be written to.</source>
        <translation>O sistema não indica uma pasta pessoal para este usuário; defina BREAKHIS_HOME com uma pasta em que se possa gravar.</translation>
    </message>
    <message>
        <source>The program&apos;s folder {folder} cannot be made or written to; set BREAKHIS_HOME to a folder that can.</source>
        <translation>A pasta do programa {folder} não pode ser criada ou gravada; defina BREAKHIS_HOME como uma pasta que possa.</translation>
    </message>
    <message>
        <source>BREAKHIS_HOME names {folder}, which cannot be made or written to as a folder; set it to another.</source>
        <translation>BREAKHIS_HOME indica {folder}, que não pode ser criada nem gravada como pasta; defina outra.</translation>
    </message>
    <message>
        <source>The program&apos;s folder {folder} cannot be written to ({error}). Make room on its disk, or set BREAKHIS_HOME to another folder.</source>
        <translation>A pasta do programa {folder} não pode ser gravada ({error}). Libere espaço no disco, ou defina BREAKHIS_HOME como outra pasta.</translation>
    </message>
    <message>
        <source>The log {file} cannot be written ({error}); move it away, or set BREAKHIS_HOME.</source>
        <translation>O log {file} não pode ser gravado ({error}); mova-o, ou defina BREAKHIS_HOME.</translation>
    </message>
    <message>
        <source>Cancelled before it was classified.</source>
        <translation>Cancelada antes de ser classificada.</translation>
    </message>
    <message>
        <source>Already in this run.</source>
        <translation>Já está nesta análise.</translation>
    </message>
    <message>
        <source>A link to a folder; add that folder itself.</source>
        <translation>Um atalho para uma pasta; adicione a própria pasta.</translation>
    </message>
    <message>
        <source>Not an image, by its name; images end in .png, .jpg, .tif, .bmp, .webp or .jp2.</source>
        <translation>Pelo nome, não é uma imagem; imagens terminam em .png, .jpg, .tif, .bmp, .webp ou .jp2.</translation>
    </message>
    <message>
        <source>Whole-slide file: export fields of view from it as PNG or TIFF, for example with QuPath, and add those.</source>
        <translation>Arquivo de lâmina inteira: exporte dele campos como PNG ou TIFF, por exemplo com o QuPath, e adicione esses.</translation>
    </message>
    <message>
        <source>DICOM file: export the picture from it as PNG or TIFF and add that.</source>
        <translation>Arquivo DICOM: exporte dele a imagem como PNG ou TIFF e adicione-a.</translation>
    </message>
    <message>
        <source>The file is empty</source>
        <translation>O arquivo está vazio</translation>
    </message>
    <message>
        <source>copy it again from where it was made</source>
        <translation>copie-a de novo de onde foi feita</translation>
    </message>
    <message>
        <source>The content is no image that this program reads</source>
        <translation>O conteúdo não é uma imagem que este programa leia</translation>
    </message>
    <message>
        <source>save it as PNG, JPEG or TIFF</source>
        <translation>salve-a como PNG, JPEG ou TIFF</translation>
    </message>
    <message>
        <source>The image is damaged</source>
        <translation>A imagem está danificada</translation>
    </message>
    <message>
        <source>The file is of a kind that this program does not read</source>
        <translation>O arquivo é de um tipo que este programa não lê</translation>
    </message>
    <message>
        <source>{kind}</source>
        <translation>{kind}</translation>
    </message>
    <message>
        <source>open it in an image program and save it as RGB with 8 bits, as PNG or TIFF</source>
        <translation>abra-o em um programa de imagens e salve-o como RGB com 8 bits, em PNG ou TIFF</translation>
    </message>
    <message>
        <source>The image has more pixels than one field</source>
        <translation>A imagem tem mais pixels que um campo</translation>
    </message>
    <message>
        <source>over {megapixels} million, or {side:,} along a side</source>
        <translation>mais de {megapixels} milhões, ou {side:,} em um lado</translation>
    </message>
    <message>
        <source>The file is built in a way that would take too long to decode</source>
        <translation>O arquivo está construído de um modo que levaria tempo demais a decodificar</translation>
    </message>
    <message>
        <source>open it in an image program and save it as PNG</source>
        <translation>abra-o em um programa de imagem e salve-o como PNG</translation>
    </message>
    <message>
        <source>The image has more than 16 bits in each channel</source>
        <translation>A imagem tem mais de 16 bits por canal</translation>
    </message>
    <message>
        <source>save it with 8 or 16 bits as PNG or TIFF</source>
        <translation>salve-a com 8 ou 16 bits como PNG ou TIFF</translation>
    </message>
    <message>
        <source>The image looks black</source>
        <translation>A imagem parece preta</translation>
    </message>
    <message>
        <source>it uses {bits} of its 16 bits</source>
        <translation>usa {bits} dos seus 16 bits</translation>
    </message>
    <message>
        <source>save it with 8 bits in each channel, stretched to the full range</source>
        <translation>salve-a com 8 bits em cada canal, estendida a toda a faixa</translation>
    </message>
    <message>
        <source>There is not enough memory for this image</source>
        <translation>Não há memória suficiente para esta imagem</translation>
    </message>
    <message>
        <source>close other programs and add it again</source>
        <translation>feche outros programas e adicione-a de novo</translation>
    </message>
    <message>
        <source>This image made the program fail</source>
        <translation>Esta imagem fez o programa falhar</translation>
    </message>
    <message>
        <source>please report it with the log</source>
        <translation>por favor, comunique-o junto com o log</translation>
    </message>
    <message>
        <source>The models gave no probabilities for it</source>
        <translation>Os modelos não deram probabilidades para ela</translation>
    </message>
    <message>
        <source>analyse it again with the CPU as computing device</source>
        <translation>analise-a de novo com a CPU como dispositivo</translation>
    </message>
    <message>
        <source>image file is truncated</source>
        <translation>o arquivo está incompleto</translation>
    </message>
    <message>
        <source>strips or tiles are missing</source>
        <translation>faltam faixas ou blocos</translation>
    </message>
    <message>
        <source>broken data stream when reading image file</source>
        <translation>os dados estão corrompidos</translation>
    </message>
    <message>
        <source>its structure cannot be read</source>
        <translation>a sua estrutura não pode ser lida</translation>
    </message>
    <message>
        <source>TIFF compressed as {method}</source>
        <translation>TIFF comprimido como {method}</translation>
    </message>
    <message>
        <source>method {number}</source>
        <translation>método {number}</translation>
    </message>
    <message>
        <source>TIFF of {colours}</source>
        <translation>TIFF de {colours}</translation>
    </message>
    <message>
        <source>Lab colours</source>
        <translation>cores Lab</translation>
    </message>
    <message>
        <source>raw camera data</source>
        <translation>dados brutos de câmera</translation>
    </message>
    <message>
        <source>LogLuv colours</source>
        <translation>cores LogLuv</translation>
    </message>
    <message>
        <source>colours of number {number}</source>
        <translation>cores de número {number}</translation>
    </message>
    <message>
        <source>TIFF with compressed planes of other colours than RGB and CMYK</source>
        <translation>TIFF com planos comprimidos de cores diferentes de RGB e CMYK</translation>
    </message>
    <message>
        <source>TIFF with subsampled colours and no compression</source>
        <translation>TIFF com cores subamostradas e sem compressão</translation>
    </message>
    <message>
        <source>TIFF with other inks than cyan, magenta, yellow and black</source>
        <translation>TIFF com tintas diferentes de ciano, magenta, amarelo e preto</translation>
    </message>
    <message>
        <source>TIFF with floating-point numbers that are not grey and of 32 bits</source>
        <translation>TIFF com números de ponto flutuante que não são cinza de 32 bits</translation>
    </message>
    <message>
        <source>TIFF with signed numbers</source>
        <translation>TIFF com números com sinal</translation>
    </message>
    <message>
        <source>TIFF with numbers of unusual kinds</source>
        <translation>TIFF com números de tipos incomuns</translation>
    </message>
    <message>
        <source>TIFF with channels of {bits} bits</source>
        <translation>TIFF com canais de {bits} bits</translation>
    </message>
    <message>
        <source>TIFF with {bits} bits in each channel</source>
        <translation>TIFF com {bits} bits em cada canal</translation>
    </message>
    <message>
        <source>TIFF with its channels or layers on grey pages of their own</source>
        <translation>TIFF com os canais ou as camadas em páginas de cinza separadas</translation>
    </message>
    <message>
        <source>TIFF with an unusual arrangement of channels, {samples} of {bits} bits</source>
        <translation>TIFF com uma disposição incomum de canais, {samples} de {bits} bits</translation>
    </message>
    <message>
        <source>BMP with an unusual header</source>
        <translation>BMP com um cabeçalho incomum</translation>
    </message>
    <message>
        <source>BMP with bit fields other than the usual</source>
        <translation>BMP com campos de bits diferentes dos usuais</translation>
    </message>
    <message>
        <source>BMP compressed as {method}</source>
        <translation>BMP comprimido como {method}</translation>
    </message>
    <message>
        <source>BMP with {bits} bits in each pixel</source>
        <translation>BMP com {bits} bits em cada pixel</translation>
    </message>
    <message>
        <source>PNG with a transparent colour of 16 bits</source>
        <translation>PNG com uma cor transparente de 16 bits</translation>
    </message>
    <message>
        <source>JPEG of a hierarchical kind</source>
        <translation>JPEG do tipo hierárquico</translation>
    </message>
    <message>
        <source>JPEG with {bits} bits in each channel</source>
        <translation>JPEG com {bits} bits em cada canal</translation>
    </message>
    <message>
        <source>JPEG with {count} channels</source>
        <translation>JPEG com {count} canais</translation>
    </message>
    <message>
        <source>JPEG 2000 picture with premultiplied transparency</source>
        <translation>imagem JPEG 2000 com transparência pré-multiplicada</translation>
    </message>
    <message>
        <source>JPEG 2000 picture with an unusual palette</source>
        <translation>imagem JPEG 2000 com uma paleta incomum</translation>
    </message>
    <message>
        <source>JPEG 2000 picture with channels of unusual sizes</source>
        <translation>imagem JPEG 2000 com canais de tamanhos incomuns</translation>
    </message>
    <message>
        <source>JPEG 2000 picture with subsampled colours that start at an odd place</source>
        <translation>imagem JPEG 2000 com cores subamostradas que começam em posição ímpar</translation>
    </message>
    <message>
        <source>JPEG 2000 picture with fewer than 8 bits in a channel</source>
        <translation>imagem JPEG 2000 com menos de 8 bits em um canal</translation>
    </message>
    <message>
        <source>JPEG 2000 picture with transparency or inks of more than 8 bits</source>
        <translation>imagem JPEG 2000 com transparência ou tintas de mais de 8 bits</translation>
    </message>
    <message>
        <source>JPEG 2000 picture with channels in an unusual order</source>
        <translation>imagem JPEG 2000 com canais em ordem incomum</translation>
    </message>
    <message>
        <source>JPEG 2000 picture in {colours}</source>
        <translation>imagem JPEG 2000 em {colours}</translation>
    </message>
    <message>
        <source>The image is too small</source>
        <translation>A imagem é pequena demais</translation>
    </message>
    <message>
        <source>{width} x {height} pixels</source>
        <translation>{width} x {height} pixels</translation>
    </message>
    <message>
        <source>use the original, at least {least} pixels on each side</source>
        <translation>use o original, com pelo menos {least} pixels de cada lado</translation>
    </message>
    <message>
        <source>It declares a magnification that the models do not know</source>
        <translation>Declara uma ampliação que os modelos não conhecem</translation>
    </message>
    <message>
        <source>{declared}X; they know {known}</source>
        <translation>{declared}X; eles conhecem {known}</translation>
    </message>
    <message>
        <source>use a field at one of those</source>
        <translation>use um campo em uma dessas</translation>
    </message>
    <message>
        <source>It is unlike the fields that the models were trained on</source>
        <translation>É diferente dos campos com que os modelos foram treinados</translation>
    </message>
    <message>
        <source>distance {distance:.2f}, limit 1</source>
        <translation>distância {distance:.2f}, limite 1</translation>
    </message>
    <message>
        <source>check what it shows</source>
        <translation>verifique o que mostra</translation>
    </message>
    <message>
        <source>The field is larger than one field of view</source>
        <translation>O campo é maior que um campo de visão</translation>
    </message>
    <message>
        <source>{count} tiles</source>
        <translation>{count} blocos</translation>
    </message>
    <message>
        <source>It is too dark to be a bright-field micrograph</source>
        <translation>É escura demais para uma micrografia de campo claro</translation>
    </message>
    <message>
        <source>turn the light up, or add fields of H&amp;E sections alone</source>
        <translation>aumente a luz, ou adicione só campos de cortes em H&amp;E</translation>
    </message>
    <message>
        <source>It is blank or nearly blank glass</source>
        <translation>É vidro vazio ou quase</translation>
    </message>
    <message>
        <source>move to a field with tissue</source>
        <translation>mude para um campo com tecido</translation>
    </message>
    <message>
        <source>It is out of focus</source>
        <translation>Está desfocada</translation>
    </message>
    <message>
        <source>focus and take it again</source>
        <translation>focalize e fotografe de novo</translation>
    </message>
    <message>
        <source>It has no colour</source>
        <translation>Não tem cor</translation>
    </message>
    <message>
        <source>take it in colour, from a section stained with haematoxylin and eosin</source>
        <translation>fotografe em cores, de um corte corado com hematoxilina e eosina</translation>
    </message>
    <message>
        <source>Its colours are not those of haematoxylin and eosin</source>
        <translation>As suas cores não são as da hematoxilina e eosina</translation>
    </message>
    <message>
        <source>the models know no other stain</source>
        <translation>os modelos não conhecem outra coloração</translation>
    </message>
    <message>
        <source>It is no micrograph of a section, by its colours and contrast</source>
        <translation>Pelas cores e pelo contraste, não é a micrografia de um corte</translation>
    </message>
    <message>
        <source>add fields of view as they come from the microscope</source>
        <translation>adicione campos como vêm do microscópio</translation>
    </message>
    <message>
        <source>near threshold</source>
        <translation>perto do limiar</translation>
    </message>
    <message>
        <source>models disagree</source>
        <translation>modelos discordam</translation>
    </message>
    <message>
        <source>quality gate overridden: {reason:finding}</source>
        <translation>controle de qualidade ignorado: {reason:finding}</translation>
    </message>
    <message>
        <source>{declined} of {tiles} tiles: {reason:finding}</source>
        <translation>{declined} de {tiles} blocos: {reason:finding}</translation>
    </message>
    <message>
        <source>declined {what}</source>
        <translation>recusado em {what}</translation>
    </message>
    <message>
        <source>larger or longer than the fields of {width} x {height} pixels, at an unknown scale</source>
        <translation>maior ou mais longa que os campos de {width} x {height} pixels, em escala desconhecida</translation>
    </message>
    <message>
        <source>judged in parts of {width} x {height} pixels, of another shape than the trained fields</source>
        <translation>julgada em partes de {width} x {height} pixels, de outra forma que os campos de treino</translation>
    </message>
    <message>
        <source>Something went wrong that should not; the log says more. Please report it.</source>
        <translation>Ocorreu uma falha inesperada; o log diz mais. Por favor, comunique-a.</translation>
    </message>
    <message>
        <source>There is nothing to analyse in {path}. {reason}</source>
        <translation>Não há nada para analisar em {path}. {reason}</translation>
    </message>
    <message>
        <source>There is no image in {roots}; choose a folder with PNG, JPEG, TIFF, BMP, WebP or JPEG 2000 files.</source>
        <translation>Não há imagens em {roots}; escolha uma pasta com arquivos PNG, JPEG, TIFF, BMP, WebP ou JPEG 2000.</translation>
    </message>
    <message>
        <source>The models are not loaded, so nothing was analysed.</source>
        <translation>Os modelos não estão carregados; por isso nada foi analisado.</translation>
    </message>
    <message>
        <source>The folder {folder} is empty or no longer there; connect the drive and start again: what is finished is kept.</source>
        <translation>A pasta {folder} está vazia ou já não existe; conecte a unidade e inicie de novo: o que está concluído fica guardado.</translation>
    </message>
    <message>
        <source>The run was taken off the queue and will be offered again at the next start. {reason}</source>
        <translation>A análise foi tirada da fila e será oferecida de novo no próximo início. {reason}</translation>
    </message>
    <message>
        <source>This run was made with {differences:and}; install what it was made with to finish it, or queue its files again for a new run.</source>
        <translation>Esta análise foi feita com {differences:and}; instale aquilo com que foi feita para terminá-la, ou ponha os seus arquivos de novo na fila para uma nova.</translation>
    </message>
    <message>
        <source>The store holds an unfinished run of {started} over the same files, made with {differences:and}; finish it with those, or name another store.</source>
        <translation>O banco de dados contém uma análise inacabada de {started} dos mesmos arquivos, feita com {differences:and}; termine-a com isso, ou indique outro banco de dados.</translation>
    </message>
    <message>
        <source>other models ({name}, id {id})</source>
        <translation>outros modelos ({name}, id {id})</translation>
    </message>
    <message>
        <source>another operating point ({name}, threshold {threshold:g})</source>
        <translation>outro ponto de operação ({name}, limiar {threshold:g})</translation>
    </message>
    <message>
        <source>another review rule (margin {margin:g})</source>
        <translation>outra regra de revisão (margem {margin:g})</translation>
    </message>
    <message>
        <source>version {version} of the quality gate</source>
        <translation>a versão {version} do controle de qualidade</translation>
    </message>
    <message>
        <source>the quality gate on</source>
        <translation>o controle de qualidade ligado</translation>
    </message>
    <message>
        <source>the quality gate off</source>
        <translation>o controle de qualidade desligado</translation>
    </message>
    <message>
        <source>another reading of patients ({rule})</source>
        <translation>outra leitura dos pacientes ({rule})</translation>
    </message>
    <message>
        <source>There is no rule {rule} for patients; write official, folder, pattern:PATTERN or csv:FILE.</source>
        <translation>Não há regra {rule} para pacientes; escreva official, folder, pattern:PATTERN ou csv:FILE.</translation>
    </message>
    <message>
        <source>The pattern is empty; write one such as {{patient}}_{{magnification}}x_*.</source>
        <translation>O padrão está vazio; escreva um como {{patient}}_{{magnification}}x_*.</translation>
    </message>
    <message>
        <source>The pattern holds a byte that is no text; write * for it.</source>
        <translation>O padrão contém um byte que não é texto; escreva * no lugar dele.</translation>
    </message>
    <message>
        <source>The pattern must have 1 to {most} characters; shorten it.</source>
        <translation>O padrão deve ter de 1 a {most} caracteres; encurte-o.</translation>
    </message>
    <message>
        <source>The pattern is no regular expression ({error}); correct it.</source>
        <translation>O padrão não é uma expressão regular ({error}); corrija-o.</translation>
    </message>
    <message>
        <source>The pattern must say where the patient stands; write {{patient}}, and {{magnification}} where the name has it.</source>
        <translation>O padrão deve dizer onde está o paciente; escreva {{patient}}, e {{magnification}} onde o nome a tem.</translation>
    </message>
    <message>
        <source>The pattern names {{{name}}} twice; write * where it stands again.</source>
        <translation>O padrão menciona {{{name}}} duas vezes; escreva * onde aparece de novo.</translation>
    </message>
    <message>
        <source>The pattern repeats a group, which may take forever; repeat single characters alone.</source>
        <translation>O padrão repete um grupo, o que pode não terminar nunca; repita só caracteres isolados.</translation>
    </message>
    <message>
        <source>The pattern has flags or comments, which are not read here; write it without them.</source>
        <translation>O padrão tem opções ou comentários, que não são lidos aqui; escreva-o sem eles.</translation>
    </message>
    <message>
        <source>The pattern has more than {most} open repetitions such as * and +, which may take forever.</source>
        <translation>O padrão tem mais de {most} repetições abertas como * e +, o que pode não terminar nunca.</translation>
    </message>
    <message>
        <source>The pattern has too many optional parts and alternatives, which may take forever; write it with fewer.</source>
        <translation>O padrão tem partes opcionais e alternativas demais, o que pode levar um tempo sem fim; escreva-o com menos.</translation>
    </message>
    <message>
        <source>The table {file} cannot be opened. {reason}</source>
        <translation>A tabela {file} não pode ser aberta. {reason}</translation>
    </message>
    <message>
        <source>The table {file} is larger than any job needs; choose the CSV that names this job&apos;s files.</source>
        <translation>A tabela {file} é maior do que um trabalho precisa; escolha o CSV que nomeia os arquivos deste trabalho.</translation>
    </message>
    <message>
        <source>The table {file} is no UTF-8 text; save it as CSV in UTF-8.</source>
        <translation>A tabela {file} não é texto UTF-8; salve-a como CSV em UTF-8.</translation>
    </message>
    <message>
        <source>The table {file} cannot be used: {error}.</source>
        <translation>A tabela {file} não pode ser usada: {error}.</translation>
    </message>
    <message>
        <source>its first line must name the columns file, patient and magnification</source>
        <translation>a primeira linha deve nomear as colunas file, patient e magnification</translation>
    </message>
    <message>
        <source>it says two things of {file}</source>
        <translation>diz duas coisas de {file}</translation>
    </message>
    <message>
        <source>it gives {file} the magnification {value}; write 400, or leave it empty</source>
        <translation>ela dá a {file} o aumento {value}; escreva 400 ou deixe em branco</translation>
    </message>
    <message>
        <source>{file} has the name of an image; give the output another ending, so that no image is replaced.</source>
        <translation>{file} tem nome de imagem; dê outra extensão ao arquivo de saída, para que nenhuma imagem seja substituída.</translation>
    </message>
    <message>
        <source>{file} is {what}; write to another file.</source>
        <translation>{file} é {what}; grave em outro arquivo.</translation>
    </message>
    <message>
        <source>{file}, which leads to {place}, is {what}; write to another file.</source>
        <translation>{file}, que aponta para {place}, é {what}; grave em outro arquivo.</translation>
    </message>
    <message>
        <source>{file} may only be read; allow it to be written, or choose another name.</source>
        <translation>{file} só pode ser lido; permita que seja escrito ou escolha outro nome.</translation>
    </message>
    <message>
        <source>{file} is named twice in this call; give each output a file of its own.</source>
        <translation>{file} é mencionado duas vezes nesta chamada; dê a cada saída um arquivo próprio.</translation>
    </message>
    <message>
        <source>{file} is a folder; give the name of a file in it.</source>
        <translation>{file} é uma pasta; dê o nome de um arquivo dentro dela.</translation>
    </message>
    <message>
        <source>{file} is a pipe or device; name a file.</source>
        <translation>{file} é um pipe ou dispositivo; mencione um arquivo.</translation>
    </message>
    <message>
        <source>{file} cannot be written: its folder is not there or is read-only. Choose another place.</source>
        <translation>{file} não pode ser escrito: a pasta não existe ou é somente leitura. Escolha outro lugar.</translation>
    </message>
    <message>
        <source>the store or a part of it</source>
        <translation>o banco de dados ou uma parte dele</translation>
    </message>
    <message>
        <source>a file of the program itself</source>
        <translation>um arquivo do próprio programa</translation>
    </message>
    <message>
        <source>an image</source>
        <translation>uma imagem</translation>
    </message>
    <message>
        <source>what is to be analysed</source>
        <translation>o que será analisado</translation>
    </message>
    <message>
        <source>the table of patients</source>
        <translation>a tabela de pacientes</translation>
    </message>
    <message>
        <source>a file of the models</source>
        <translation>um arquivo dos modelos</translation>
    </message>
    <message>
        <source>the logo of the report</source>
        <translation>o logotipo do relatório</translation>
    </message>
    <message>
        <source>No image of this run is reviewed yet; accept or override some, or include those with official names.</source>
        <translation>Nenhuma imagem desta análise foi revista; aceite ou corrija algumas, ou inclua as que têm nomes oficiais.</translation>
    </message>
    <message>
        <source>{path} is there already; choose another name, so that nothing is replaced.</source>
        <translation>{path} já existe; escolha outro nome, para que nada seja substituído.</translation>
    </message>
    <message>
        <source>{path} lies in what was analysed, and the copies would be analysed again; choose another place.</source>
        <translation>{path} está dentro do que foi analisado, e as cópias seriam analisadas de novo; escolha outro lugar.</translation>
    </message>
    <message>
        <source>The folder {path} could not be written ({error}); choose another place that has room.</source>
        <translation>A pasta {path} não pôde ser gravada ({error}); escolha outro lugar com espaço.</translation>
    </message>
    <message>
        <source>None of the images can be copied; {name}, for one: {reason}</source>
        <translation>Nenhuma das imagens pode ser copiada; {name}, por exemplo: {reason}</translation>
    </message>
    <message>
        <source>Its name or its patient&apos;s is too long for the disk of the copies; choose a folder on another disk.</source>
        <translation>O nome dela ou o do paciente é longo demais para o disco das cópias; escolha uma pasta em outro disco.</translation>
    </message>
    <message>
        <source>The review contradicts the official name; settle which is right before it is trained on.</source>
        <translation>A revisão contradiz o nome oficial; decida qual está certo antes de treinar com ela.</translation>
    </message>
    <message>
        <source>The file is another one than the run analysed; analyse and review it again.</source>
        <translation>O arquivo não é o que a análise leu; analise-o e reveja-o de novo.</translation>
    </message>
    <message>
        <source>The run has no such images; choose a patient or images that stand in its table.</source>
        <translation>A análise não tem tais imagens; escolha um paciente ou imagens que estejam na tabela.</translation>
    </message>
    <message>
        <source>No image of this run is of the patient {patient}: its patients are {patients}. Repeat the call with one of them as --case.</source>
        <translation>Nenhuma imagem desta análise é do paciente {patient}: os pacientes são {patients}. Repita a chamada com um deles em --case.</translation>
    </message>
    <message>
        <source>No image of this run is of the patient {patient}: its patients are {patients} and {more:,} more. Repeat the call with one of them as --case.</source>
        <translation>Nenhuma imagem desta análise é do paciente {patient}: os pacientes são {patients} e mais {more:,}. Repita a chamada com um deles em --case.</translation>
    </message>
    <message>
        <source>No image of this run is of the patient {patient}: no name or rule says whose its images are. Repeat the call with a rule as --patients.</source>
        <translation>Nenhuma imagem desta análise é do paciente {patient}: nenhum nome ou regra diz de quem são as imagens. Repita a chamada com uma regra em --patients.</translation>
    </message>
    <message>
        <source>A case report holds at most {most} images, and {count:,} are chosen; choose fewer.</source>
        <translation>Um relatório de caso contém no máximo {most} imagens, e {count:,} estão escolhidas; escolha menos.</translation>
    </message>
    <message>
        <source>A report lists at most {most:,} images, and this run has {count:,}; export it as CSV, Excel or JSON.</source>
        <translation>Um relatório lista no máximo {most:,} imagens, e esta análise tem {count:,}; exporte-a como CSV, Excel ou JSON.</translation>
    </message>
    <message>
        <source>The logo {file} cannot be read; choose a PNG or JPEG file, or none.</source>
        <translation>O logotipo {file} não pode ser lido; escolha um arquivo PNG ou JPEG, ou nenhum.</translation>
    </message>
    <message>
        <source>The file can no longer be read; this is its stored thumbnail.</source>
        <translation>O arquivo já não pode ser lido; esta é a miniatura guardada.</translation>
    </message>
    <message>
        <source>The file is another one now; this is the stored thumbnail.</source>
        <translation>O arquivo agora é outro; esta é a miniatura guardada.</translation>
    </message>
    <message>
        <source>The printer does not answer; see whether it is on and connected, or save the report as PDF.</source>
        <translation>A impressora não responde; veja se está ligada e conectada, ou salve o relatório como PDF.</translation>
    </message>
    <message>
        <source>An Excel sheet holds at most {most:,} images, and this run has {count:,}; export it as CSV or JSON.</source>
        <translation>Uma planilha do Excel comporta no máximo {most:,} imagens, e esta análise tem {count:,}; exporte-a como CSV ou JSON.</translation>
    </message>
    <message>
        <source>A case report is a PDF; name its file with --pdf.</source>
        <translation>O relatório de um caso é um PDF; indique o arquivo com --pdf.</translation>
    </message>
    <message>
        <source>Earlier runs are kept in a store; name its file with --store.</source>
        <translation>Execuções anteriores ficam em um banco de dados; indique o arquivo com --store.</translation>
    </message>
    <message>
        <source>The models know no operating point {name}; choose one of {points}.</source>
        <translation>Os modelos não conhecem o ponto de operação {name}; escolha um de {points}.</translation>
    </message>
    <message>
        <source>{text} is no number from 0 to 1; write one such as 0.5</source>
        <translation>{text} não é um número de 0 a 1; escreva um como 0.5</translation>
    </message>
    <message>
        <source>a path is empty, as an unset variable leaves it; name a file or a folder</source>
        <translation>um caminho está vazio, como o deixa uma variável não definida; indique um arquivo ou uma pasta</translation>
    </message>
    <message>
        <source>The same call resumes the run.</source>
        <translation>A mesma chamada retoma a execução.</translation>
    </message>
    <message>
        <source>What is finished is kept in {file}; the same call with --store {file} goes on from there.</source>
        <translation>O que está concluído fica em {file}; a mesma chamada com --store {file} continua a partir daí.</translation>
    </message>
    <message>
        <source>{count:,} of them are results of earlier runs over the same files; the column reused_from names the run.</source>
        <translation>{count:,} deles são resultados de execuções anteriores sobre os mesmos arquivos; a coluna reused_from indica a execução.</translation>
    </message>
    <message>
        <source>The table fits {fitting:,} of {images:,} images.</source>
        <translation>A tabela corresponde a {fitting:,} de {images:,} imagens.</translation>
    </message>
    <message>
        <source>The table fits 0 of {images:,} images; its column file must hold their names with their endings.</source>
        <translation>A tabela corresponde a 0 de {images:,} imagens; a coluna file deve conter os nomes com as extensões.</translation>
    </message>
    <message>
        <source>The pattern fits {fitting:,} of {images:,} images.</source>
        <translation>O padrão corresponde a {fitting:,} de {images:,} imagens.</translation>
    </message>
    <message>
        <source>The pattern fits 0 of {images:,} images; compare it with their names.</source>
        <translation>O padrão corresponde a 0 de {images:,} imagens; compare-o com os nomes.</translation>
    </message>
    <message>
        <source>The table could not be printed ({error}); write it to a file with --csv.</source>
        <translation>A tabela não pôde ser impressa ({error}); escreva-a em um arquivo com --csv.</translation>
    </message>
    <message>
        <source>{file} does not answer; check the drive or the network, or name another place.</source>
        <translation>{file} não responde; verifique a unidade ou a rede ou indique outro lugar.</translation>
    </message>
    <message>
        <source>no answer from {files}; check the drive or the network. {meanwhile}</source>
        <translation>sem resposta de {files}; verifique a unidade ou a rede. {meanwhile}</translation>
    </message>
    <message>
        <source>still decoding {files}. {meanwhile}</source>
        <translation>ainda decodificando {files}. {meanwhile}</translation>
    </message>
    <message>
        <source>{file} and {more:,} more</source>
        <translation>{file} e mais {more:,}</translation>
    </message>
    <message>
        <source>The run goes on without waiting; Ctrl+C ends it and keeps what is finished.</source>
        <translation>A análise continua sem esperar; Ctrl+C a encerra e guarda o que está concluído.</translation>
    </message>
    <message>
        <source>The program waits for up to {seconds:.0f} seconds; Ctrl+C ends it.</source>
        <translation>O programa espera até {seconds:.0f} segundos; Ctrl+C o encerra.</translation>
    </message>
    <message>
        <source>Nothing goes on until it answers; Ctrl+C ends the program and keeps what is finished.</source>
        <translation>Nada continua até que responda; Ctrl+C encerra o programa e guarda o que está concluído.</translation>
    </message>
    <message>
        <source>{ended:,} of {queued:,}</source>
        <translation>{ended:,} de {queued:,}</translation>
    </message>
    <message>
        <source>{ended:,} of {queued:,}, {time} left</source>
        <translation>{ended:,} de {queued:,}, faltam {time}</translation>
    </message>
    <message>
        <source>The store {file} is damaged or is no store ({error}). Move it away, and a new one is made.</source>
        <translation>O banco de dados {file} está danificado ou não é um ({error}). Mova-o, e um novo será feito.</translation>
    </message>
    <message>
        <source>file is not a database</source>
        <translation>o arquivo não é um banco de dados</translation>
    </message>
    <message>
        <source>the table {table} is damaged</source>
        <translation>a tabela {table} está danificada</translation>
    </message>
    <message>
        <source>The store {file} is locked by another program. Close that program, or name another store.</source>
        <translation>O banco de dados {file} está bloqueado por outro programa. Feche esse programa ou indique outro banco de dados.</translation>
    </message>
    <message>
        <source>The disk of the store {file} does not let programs share a file ({error}). Choose a folder on another disk.</source>
        <translation>O disco do banco de dados {file} não permite que programas compartilhem um arquivo ({error}). Escolha uma pasta em outro disco.</translation>
    </message>
    <message>
        <source>The store {file} cannot be used ({error}). Check that its folder exists, can be written to and has space left.</source>
        <translation>O banco de dados {file} não pode ser usado ({error}). Verifique se a pasta existe, pode ser gravada e tem espaço.</translation>
    </message>
    <message>
        <source>The store {file} was changed by another program: {what} makes no sense. Use an earlier copy, or name another store.</source>
        <translation>O banco de dados {file} foi alterado por outro programa: {what} não faz sentido. Use uma cópia anterior ou indique outro banco de dados.</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>um texto</translation>
    </message>
    <message>
        <source>a row that belongs to nothing</source>
        <translation>uma linha que não pertence a nada</translation>
    </message>
    <message>
        <source>run {run}, which is missing,</source>
        <translation>a execução {run}, que falta,</translation>
    </message>
    <message>
        <source>The store {file} does not answer. Check the connection to its disk or server, or name another store.</source>
        <translation>O banco de dados {file} não responde. Verifique a conexão com o disco ou o servidor, ou indique outro banco de dados.</translation>
    </message>
    <message>
        <source>The store {file} is not a file. Move it away, or name another store.</source>
        <translation>O banco de dados {file} não é um arquivo. Mova-o ou indique outro banco de dados.</translation>
    </message>
    <message>
        <source>The store {file} cannot keep a text or a number that was to be written. Use ordinary characters and try again.</source>
        <translation>O banco de dados {file} não pode guardar um texto ou um número que seria gravado. Use caracteres comuns e tente de novo.</translation>
    </message>
    <message>
        <source>The name of the store {file} is too long. Choose a shorter one.</source>
        <translation>O nome do banco de dados {file} é longo demais. Escolha um mais curto.</translation>
    </message>
    <message>
        <source>The file {file} is no part of the store beside it. Move it away, or name another store.</source>
        <translation>O arquivo {file} não faz parte do banco de dados ao lado dele. Mova-o ou indique outro banco de dados.</translation>
    </message>
    <message>
        <source>The file {file} is the database of another program and was left as it is. Move it away, or name another store.</source>
        <translation>O arquivo {file} é o banco de dados de outro programa e não foi alterado. Mova-o ou indique outro banco de dados.</translation>
    </message>
    <message>
        <source>The store {file} was written by a newer version of this program. Install that version to open it.</source>
        <translation>O banco de dados {file} foi gravado por uma versão mais nova deste programa. Instale essa versão para abri-lo.</translation>
    </message>
    <message>
        <source>The store {file} was made by an earlier version of this program, and the copy {copy}, which is kept before it is changed, cannot be written ({error}). Make room on its disk, and check that its folder can be written to.</source>
        <translation>O banco de dados {file} foi criado por uma versão anterior deste programa, e a cópia {copy}, guardada antes de alterá-lo, não pode ser gravada ({error}). Libere espaço no disco e verifique se a pasta pode ser gravada.</translation>
    </message>
    <message>
        <source>Another window or command is writing the store {file} (process {process}, since {since}). Wait until it has finished, or name another store.</source>
        <translation>Outra janela ou outro comando está escrevendo o banco de dados {file} (processo {process}, desde {since}). Espere até que termine ou indique outro banco de dados.</translation>
    </message>
    <message>
        <source>Another window or command is writing the store {file}. Wait until it has finished, or name another store; if nothing else uses the store, delete {lock}.</source>
        <translation>Outra janela ou outro comando está gravando o banco de dados {file}. Espere até que termine ou indique outro banco de dados; se nada mais usa o banco de dados, exclua {lock}.</translation>
    </message>
    <message>
        <source>The store {file} cannot be locked ({error}). Check that its folder can be written to and has space left.</source>
        <translation>O banco de dados {file} não pode ser bloqueado ({error}). Verifique se a pasta pode ser gravada e tem espaço.</translation>
    </message>
    <message>
        <source>The store {file} cannot be locked, since {lock} is another file. Move that away, or name another store.</source>
        <translation>O banco de dados {file} não pode ser bloqueado, pois {lock} é outro arquivo. Mova esse arquivo ou indique outro banco de dados.</translation>
    </message>
    <message>
        <source>Another process holds the lock {file} and does not let go of it. Close other windows and commands of this program; if there are none, delete that file.</source>
        <translation>Outro processo mantém o bloqueio {file} e não o libera. Feche as outras janelas e os outros comandos deste programa; se não houver nenhum, exclua esse arquivo.</translation>
    </message>
    <message>
        <source>{text}</source>
        <translation>{text}</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>benign</source>
        <translation>benigno</translation>
    </message>
    <message>
        <source>malignant</source>
        <translation>maligno</translation>
    </message>
    <message>
        <source>done</source>
        <translation>concluída</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>com falha</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>recusada</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>ignorada</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>cancelada</translation>
    </message>
    <message>
        <source>Adenosis</source>
        <translation>Adenose</translation>
    </message>
    <message>
        <source>Fibroadenoma</source>
        <translation>Fibroadenoma</translation>
    </message>
    <message>
        <source>Phyllodes tumour</source>
        <translation>Tumor filoide</translation>
    </message>
    <message>
        <source>Tubular adenoma</source>
        <translation>Adenoma tubular</translation>
    </message>
    <message>
        <source>Ductal carcinoma</source>
        <translation>Carcinoma ductal</translation>
    </message>
    <message>
        <source>Lobular carcinoma</source>
        <translation>Carcinoma lobular</translation>
    </message>
    <message>
        <source>Mucinous carcinoma</source>
        <translation>Carcinoma mucinoso</translation>
    </message>
    <message>
        <source>Papillary carcinoma</source>
        <translation>Carcinoma papilar</translation>
    </message>
    <message>
        <source>adenosis</source>
        <translation>adenose</translation>
    </message>
    <message>
        <source>fibroadenoma</source>
        <translation>fibroadenoma</translation>
    </message>
    <message>
        <source>phyllodes tumour</source>
        <translation>tumor filoide</translation>
    </message>
    <message>
        <source>tubular adenoma</source>
        <translation>adenoma tubular</translation>
    </message>
    <message>
        <source>ductal carcinoma</source>
        <translation>carcinoma ductal</translation>
    </message>
    <message>
        <source>lobular carcinoma</source>
        <translation>carcinoma lobular</translation>
    </message>
    <message>
        <source>mucinous carcinoma</source>
        <translation>carcinoma mucinoso</translation>
    </message>
    <message>
        <source>papillary carcinoma</source>
        <translation>carcinoma papilar</translation>
    </message>
    <message>
        <source>default</source>
        <translation>padrão</translation>
    </message>
    <message>
        <source>screening</source>
        <translation>triagem</translation>
    </message>
    <message>
        <source>balanced</source>
        <translation>equilibrado</translation>
    </message>
    <message>
        <source>custom</source>
        <translation>personalizado</translation>
    </message>
    <message>
        <source>official name</source>
        <translation>nome oficial</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>interrompido</translation>
    </message>
    <message>
        <source>CUDA (untested)</source>
        <translation>CUDA (não testado)</translation>
    </message>
    <message>
        <source>ONNX Runtime on CUDA (untested)</source>
        <translation>ONNX Runtime em CUDA (não testado)</translation>
    </message>
    <message>
        <source>DirectML (untested)</source>
        <translation>DirectML (não testado)</translation>
    </message>
    <message>
        <source>ONNX Runtime on DirectML (untested)</source>
        <translation>ONNX Runtime em DirectML (não testado)</translation>
    </message>
    <message>
        <source>CoreML (untested)</source>
        <translation>CoreML (não testado)</translation>
    </message>
    <message>
        <source>ONNX Runtime on CoreML (untested)</source>
        <translation>ONNX Runtime em CoreML (não testado)</translation>
    </message>
    <message>
        <source>OpenVINO (untested)</source>
        <translation>OpenVINO (não testado)</translation>
    </message>
    <message>
        <source>ONNX Runtime on OpenVINO (untested)</source>
        <translation>ONNX Runtime em OpenVINO (não testado)</translation>
    </message>
    <message>
        <source>ROCm (untested)</source>
        <translation>ROCm (não testado)</translation>
    </message>
    <message>
        <source>ONNX Runtime on ROCm (untested)</source>
        <translation>ONNX Runtime em ROCm (não testado)</translation>
    </message>
    <message>
        <source>MIGraphX (untested)</source>
        <translation>MIGraphX (não testado)</translation>
    </message>
    <message>
        <source>ONNX Runtime on MIGraphX (untested)</source>
        <translation>ONNX Runtime em MIGraphX (não testado)</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>em pausa</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>na fila</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>em espera</translation>
    </message>
    <message>
        <source>running</source>
        <translation>em andamento</translation>
    </message>
    <message>
        <source>pausing</source>
        <translation>pausando</translation>
    </message>
    <message>
        <source>cancelling</source>
        <translation>cancelando</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>terminado</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>parado</translation>
    </message>
    <message>
        <source>For research use. Not a medical device.</source>
        <translation>Para uso em pesquisa. Não é um dispositivo médico.</translation>
    </message>
</context>
</TS>
